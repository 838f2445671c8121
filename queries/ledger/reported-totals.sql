-- Grain: one row. Inputs: counted_usage. Totals of the network's own metric; units as halves of base 10^18.
select
  count(*) as usages,
  count(distinct c.consumer) as users,
  count(distinct c.provider) as providers,
  min(c.counted_at) as first_at,
  max(c.counted_at) as last_at,
  count(c.units) as with_units,
  count(distinct c.unit_kind) as unit_kinds,
  min(c.unit_kind) as unit_kind,
  sum(cast(c.units as hugeint) // 1000000000000000000) as units_high,
  sum(cast(c.units as hugeint) % 1000000000000000000) as units_low
from counted_usage as c
