-- Grain: one transfer that settles a usage and so belongs in no graph of transfers.
-- Inputs: transfers, payments, usage_standing (for a party that the leg itself omits).
-- NULL: usage_id where one transfer settles several usages through a contract.
-- method, the surest first: declared by the decoder; own-log, the usage was read from this transfer; parties, one to one by
-- transaction, parties, asset and amount; through-contract, the payer's transfer to a contract that holds at least the sum.
-- A wallet that pays for usage itself is no such contract: else a payee could hide a return to its own payer behind a small
-- usage of the same transaction.
-- Most transactions hold one leg and the one transfer that is like it: those are settled by the first join (plain), and only
-- the others (odd) are looked at leg by leg.
with legs as (
  select
    p.chain, p.tx_hash, p.log_index, p.sub_index, p.event_kind, p.leg, p.protocol, p.usage_id,
    p."from", p."to", p.asset, p.amount
  from payments as p
  where p."from" is not null and p."to" is not null and p.amount is not null and p.event_kind <> 'priced'
  union all
  select
    p.chain, p.tx_hash, p.log_index, p.sub_index, p.event_kind, p.leg, p.protocol, p.usage_id,
    coalesce(p."from", u.payer) as "from", coalesce(p."to", u.payee) as "to", p.asset, p.amount
  from payments as p
  join usage_standing as u on u.protocol = p.protocol and u.chain = p.chain and u.usage_id = p.usage_id
  where (p."from" is null or p."to" is null) and p.kind = 'price' and p.amount is not null and p.event_kind <> 'priced'
    and coalesce(p."from", u.payer) is not null and coalesce(p."to", u.payee) is not null
),
pairs as (
  select
    t.chain, t.tx_hash, t.log_index, t.trace_path, g.protocol, g.usage_id,
    case when t.log_index = g.log_index and t.log_index >= 0 then 'own-log' else 'parties' end as method,
    t."from" = g."from" and t."to" = g."to" and t.asset = g.asset and t.amount = g.amount as is_alike
  from legs as g
  join transfers as t on t.chain = g.chain and t.tx_hash = g.tx_hash
  where t.usage_id is null
),
crowded as (
  select a.chain, a.tx_hash
  from pairs as a
  group by a.chain, a.tx_hash
  having count(*) > 1
),
plain as (
  select a.chain, a.tx_hash, a.log_index, a.trace_path, a.protocol, a.usage_id, a.method
  from pairs as a
  left join crowded as c on c.chain = a.chain and c.tx_hash = a.tx_hash
  where a.is_alike and c.tx_hash is null
),
odd as (
  select c.chain, c.tx_hash
  from crowded as c
  union
  select a.chain, a.tx_hash
  from pairs as a
  where not coalesce(a.is_alike, false)
),
odd_legs as (
  select g.*
  from legs as g
  join odd as d on d.chain = g.chain and d.tx_hash = g.tx_hash
),
paid_in as (
  select g.chain, g.tx_hash, count(*) as legs
  from odd_legs as g
  group by g.chain, g.tx_hash
),
near as (
  select t.chain, t.tx_hash, t.log_index, t.trace_path, t."from", t."to", t.asset, t.amount
  from transfers as t
  join odd as d on d.chain = t.chain and d.tx_hash = t.tx_hash
  where t.usage_id is null
),
own_log as (
  select
    t.chain, t.tx_hash, t.log_index, t.trace_path,
    min(g.protocol) as protocol, min(g.usage_id) as usage_id, min(g.leg) as leg, min(g.sub_index) as sub_index
  from near as t
  join odd_legs as g on g.chain = t.chain and g.tx_hash = t.tx_hash and g.log_index = t.log_index
  where t.log_index >= 0 and g."from" = t."from" and g."to" = t."to"
  group by t.chain, t.tx_hash, t.log_index, t.trace_path
),
open_legs as (
  select g.*
  from odd_legs as g
  left join (select distinct chain, tx_hash, log_index, sub_index, leg from own_log) as o
    on o.chain = g.chain and o.tx_hash = g.tx_hash and o.log_index = g.log_index and o.sub_index = g.sub_index
    and o.leg = g.leg
  where o.tx_hash is null
),
open_transfers as (
  select t.*
  from near as t
  left join own_log as o
    on o.chain = t.chain and o.tx_hash = t.tx_hash and o.log_index = t.log_index and o.trace_path = t.trace_path
  where o.tx_hash is null
),
twin_legs as (
  select
    g.chain, g.tx_hash, g.log_index, g.sub_index, g.event_kind, g.leg,
    row_number() over (
      partition by g.chain, g.tx_hash, g."from", g."to", g.asset, g.amount
      order by g.log_index, g.sub_index, g.event_kind, g.leg
    ) as alike
  from open_legs as g
  join paid_in as p on p.chain = g.chain and p.tx_hash = g.tx_hash and p.legs > 1
),
twin_transfers as (
  select
    t.chain, t.tx_hash, t.log_index, t.trace_path,
    row_number() over (
      partition by t.chain, t.tx_hash, t."from", t."to", t.asset, t.amount
      order by t.log_index, t.trace_path
    ) as alike
  from open_transfers as t
  join (select chain, tx_hash from open_transfers group by chain, tx_hash having count(*) > 1) as m
    on m.chain = t.chain and m.tx_hash = t.tx_hash
),
placed_transfers as (
  select t.*, coalesce(w.alike, 1) as alike
  from open_transfers as t
  left join twin_transfers as w
    on w.chain = t.chain and w.tx_hash = t.tx_hash and w.log_index = t.log_index and w.trace_path = t.trace_path
),
met as (
  select g.chain, g.tx_hash, g."from", g.asset, g.amount, g.protocol, g.usage_id, t.log_index, t.trace_path
  from open_legs as g
  left join twin_legs as w
    on w.chain = g.chain and w.tx_hash = g.tx_hash and w.log_index = g.log_index and w.sub_index = g.sub_index
    and w.event_kind = g.event_kind and w.leg = g.leg
  left join placed_transfers as t
    on t.chain = g.chain and t.tx_hash = g.tx_hash and t."from" = g."from" and t."to" = g."to"
    and t.asset = g.asset and t.amount = g.amount and t.alike = coalesce(w.alike, 1)
),
unmet as (
  select
    m.chain, m.tx_hash, m."from", m.asset,
    sum(cast(m.amount as hugeint) // 1000000000000000000) as high,
    sum(cast(m.amount as hugeint) % 1000000000000000000) as low
  from met as m
  where m.log_index is null
  group by m.chain, m.tx_hash, m."from", m.asset
),
through as (
  select
    t.chain, t.tx_hash, t.log_index, t.trace_path,
    row_number() over (
      partition by t.chain, t.tx_hash, t."from", t.asset
      order by t.amount, t.log_index, t.trace_path
    ) as place
  from open_transfers as t
  join unmet as u on u.chain = t.chain and u.tx_hash = t.tx_hash and u."from" = t."from" and u.asset = t.asset
  where not exists (
      select 1 from met as b
      where b.chain = t.chain and b.tx_hash = t.tx_hash and b.log_index = t.log_index and b.trace_path = t.trace_path
    )
    and not exists (select 1 from odd_legs as g where g.chain = t.chain and g.tx_hash = t.tx_hash and g."to" = t."to")
    and not exists (select 1 from legs as g where g.chain = t.chain and g."from" = t."to")
    and (
      cast(t.amount as hugeint) // 1000000000000000000 > u.high + u.low // 1000000000000000000
      or (
        cast(t.amount as hugeint) // 1000000000000000000 = u.high + u.low // 1000000000000000000
        and cast(t.amount as hugeint) % 1000000000000000000 >= u.low % 1000000000000000000
      )
    )
)
select t.chain, t.tx_hash, t.log_index, t.trace_path, cast(null as varchar) as protocol, t.usage_id, 'declared' as method
from transfers as t
where t.usage_id is not null
union all
select p.chain, p.tx_hash, p.log_index, p.trace_path, p.protocol, p.usage_id, p.method
from plain as p
union all
select o.chain, o.tx_hash, o.log_index, o.trace_path, o.protocol, o.usage_id, 'own-log' as method
from own_log as o
union all
select m.chain, m.tx_hash, m.log_index, m.trace_path, m.protocol, m.usage_id, 'parties' as method
from met as m
where m.log_index is not null
union all
select h.chain, h.tx_hash, h.log_index, h.trace_path, cast(null as varchar) as protocol, cast(null as varchar) as usage_id, 'through-contract' as method
from through as h
where h.place = 1
