-- Grain: one counted usage, in the order of usage_index. Inputs: counted_usage, usage_events.
-- payload_index: the hash of what was asked, numbered in the order of hashes; −1: no record tells it.
with payloads as (
  select e.protocol, e.chain, e.usage_id, min(e.payload_hash) as payload_hash
  from usage_events as e
  where e.payload_hash is not null
  group by e.protocol, e.chain, e.usage_id
),
numbered as (
  select p.protocol, p.chain, p.usage_id, dense_rank() over (order by p.payload_hash) - 1 as payload_index
  from payloads as p
)
select cast(coalesce(n.payload_index, -1) as integer) as payload_index
from counted_usage as c
left join numbered as n on n.protocol = c.protocol and n.chain = c.chain and n.usage_id = c.usage_id
order by c.usage_index
