-- Grain: one row: how many counted payments on a chain have their whole follow-up inside one covered interval.
-- Inputs: counted_usage. Parameters: chain, from_time, to_time, window_ms.
select count(*) as payments
from counted_usage as c
where c.payer is not null and c.payee is not null and (c.chain = $chain or $chain is null)
  and c.paid_at >= $from_time and c.paid_at + $window_ms <= $to_time
