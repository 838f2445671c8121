-- Grain: one counted usage, in the order of usage_index. Inputs: counted_usage, wallet_numbers, economy_assets.
-- −1: a party or service that is not known. Amounts to the base 10^13; amount_a is −1 where the amount is not known.
with services as (
  select
    s.protocol, s.service,
    row_number() over (order by s.protocol, s.service) - 1 as service_index
  from (select distinct c.protocol, c.service from counted_usage as c where c.service is not null) as s
)
select
  cast(coalesce(a.wallet_index, -1) as integer) as payer_index,
  cast(coalesce(b.wallet_index, -1) as integer) as payee_index,
  cast(coalesce(s.service_index, -1) as integer) as service_index,
  e.asset_index,
  c.paid_at,
  cast(coalesce(cast(c.gross as hugeint) // 100000000000000000000000000, -1) as bigint) as amount_a,
  cast(coalesce(cast(c.gross as hugeint) // 10000000000000 % 10000000000000, 0) as bigint) as amount_b,
  cast(coalesce(cast(c.gross as hugeint) % 10000000000000, 0) as bigint) as amount_c
from counted_usage as c
join economy_assets as e on e.chain = c.chain and e.asset is not distinct from c.asset
left join wallet_numbers as a on a.wallet = c.payer
left join wallet_numbers as b on b.wallet = c.payee
left join services as s on s.protocol = c.protocol and s.service = c.service
order by c.usage_index
