-- Grain: one (payer, payee) with a return between them, in the order of pair_index in pair_returns. Inputs: pair_transfers.
select distinct t.payer, t.payee
from pair_transfers as t
where t.is_later and not t.is_settlement
order by t.payer, t.payee
