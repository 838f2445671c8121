-- Grain: one flow of return_flows, in the order of its number. Inputs: pair_transfers.
select r.chain, r.asset, r.payer, r.payee
from (
  select distinct t.chain, t.asset, t.payer, t.payee
  from pair_transfers as t
  where t.is_later and not t.is_settlement and t.asset is not null and t.amount is not null
) as r
order by r.chain, r.asset, r.payer, r.payee
