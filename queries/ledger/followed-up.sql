-- Grain: one row: how many counted payments on a chain were made in [from_time, to_time], UTC ms.
-- Inputs: counted_usage. Parameters: chain, from_time, to_time, is_native (paid in the chain's own currency, or in any other
-- asset; NULL, an asset that is not known, is taken for another).
select count(*) as payments
from counted_usage as c
where c.payer is not null and c.payee is not null and c.chain = $chain
  and c.paid_at >= $from_time and c.paid_at <= $to_time
  and coalesce(c.asset = 'native', false) = $is_native
