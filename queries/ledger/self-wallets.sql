-- Grain: one wallet that paid itself, in the order of the wallet_index of self_payments. Inputs: counted_usage.
select distinct coalesce(c.payer, c.consumer) as wallet
from counted_usage as c
where c.is_self
order by wallet
