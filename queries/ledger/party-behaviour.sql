-- Grain: one party of counted usage, in the order of its number. Inputs: counted_usage, wallet_numbers.
-- first_at: UTC ms of the first payment it made or received. is_payer: it paid for something. Size: what it paid and was paid,
-- as halves of base 10^18, 0 where no amount is known; a half above 9 × 10^18 is cut to that.
with moves as (
  select c.payer as wallet, c.paid_at, c.gross, 1 as paid from counted_usage as c where c.payer is not null
  union all
  select c.payee as wallet, c.paid_at, c.gross, 0 as paid from counted_usage as c where c.payee is not null
)
select
  w.wallet_index,
  max(m.paid) as is_payer,
  min(m.paid_at) as first_at,
  cast(least(coalesce(sum(cast(m.gross as hugeint) // 1000000000000000000), 0), 9000000000000000000) as bigint) as size_high,
  cast(least(coalesce(sum(cast(m.gross as hugeint) % 1000000000000000000), 0), 9000000000000000000) as bigint) as size_low
from moves as m
join wallet_numbers as w on w.wallet = m.wallet
group by w.wallet_index
order by w.wallet_index
