-- Grain: one (chain, asset) that counted usage was paid in or that moved, numbered from 0: asset_index. Inputs: counted_usage, free_transfers.
-- NULL: an asset that no record tells.
with moved as (
  select c.chain, c.asset from counted_usage as c
  union
  select t.chain, t.asset from free_transfers as t
)
select
  cast(row_number() over (order by m.chain, m.asset nulls last) - 1 as integer) as asset_index,
  m.chain, m.asset
from moved as m
