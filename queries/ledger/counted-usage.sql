-- Grain: one usage that the network's own metric counts, numbered from 0 in a total order: usage_index.
-- Inputs: usage_standing, links, assets.
-- NULL: a party, asset or amount that no record tells. is_self is false where a party is not known.
-- is_self: payer and payee, or consumer and provider, are one wallet, or one owner holds both at that block.
with owners as (
  select k.chain, k.subject, k.object, k.from_block, k.to_block
  from links as k
  where k.kind = 'owner'
),
owned as (
  select distinct s.protocol, s.chain, s.usage_id
  from usage_standing as s
  join owners as a on a.chain = s.chain and a.subject = s.payer
    and coalesce(s.block_number, 0) >= coalesce(a.from_block, 0)
    and (a.to_block is null or coalesce(s.block_number, 0) <= a.to_block)
  join owners as b on b.chain = s.chain and b.subject = s.payee
    and coalesce(s.block_number, 0) >= coalesce(b.from_block, 0)
    and (b.to_block is null or coalesce(s.block_number, 0) <= b.to_block)
  where s.is_counted and s.in_window and a.object = b.object
  union
  select distinct s.protocol, s.chain, s.usage_id
  from usage_standing as s
  join owners as a on a.chain = s.chain
    and coalesce(s.block_number, 0) >= coalesce(a.from_block, 0)
    and (a.to_block is null or coalesce(s.block_number, 0) <= a.to_block)
    and ((a.subject = s.payer and a.object = s.payee) or (a.subject = s.payee and a.object = s.payer))
  where s.is_counted and s.in_window
),
numbered as (
  select
    s.protocol, s.chain, s.usage_id,
    cast(row_number() over (order by s.protocol, s.chain, s.usage_id) - 1 as integer) as usage_index
  from usage_standing as s
  where s.is_counted and s.in_window
)
select
  n.usage_index,
  s.protocol, s.chain, s.usage_id, s.consumer, s.provider, s.payer, s.payee, s.counted_at, s.paid_at, s.service, s.class,
  s.units, s.unit_kind, s.asset, s.gross, s.gross_overflow, s.fees, s.tx_hash, s.log_index, s.block_number,
  coalesce(s.payer = s.payee, false) or coalesce(s.consumer = s.provider, false) or o.usage_id is not null as is_self
from usage_standing as s
join numbered as n on n.protocol = s.protocol and n.chain = s.chain and n.usage_id = s.usage_id
left join owned as o on o.protocol = s.protocol and o.chain = s.chain and o.usage_id = s.usage_id
