-- Grain: one usage (protocol, chain, usage_id), folded from its events and legs in whatever order they arrived.
-- Inputs: usage_events, payments.
-- NULL: not known. gross, net, fees, refunded and principal are in the smallest unit of asset; NULL where no leg tells,
-- or where the legs add up to 10^38 or more (gross_overflow). A party or asset that one log omits comes from the others.
-- What a view call told (kind read) fills what no log tells: the highest block stands for each call, alone. Its time and
-- place are those of the block at which it was asked, and are not of the usage.
-- tx_hash, log_index and block_number are of the log that gives paid_at: the price leg, or where it was only priced the
-- settlement, delivery or request.
with fundings as (
  select
    e.protocol, e.chain, e.usage_id, e."timestamp" as funded_at, e.block_number, e.log_index,
    row_number() over (
      partition by e.protocol, e.chain, e.usage_id
      order by e."timestamp", coalesce(e.block_number, -1), e.log_index, e.sub_index, e.tx_hash
    ) as age
  from usage_events as e
  where e.kind = 'funded'
),
pricings as (
  select
    e.protocol, e.chain, e.usage_id, e.tx_hash, e.log_index, e.sub_index, e.provider,
    row_number() over (
      partition by e.protocol, e.chain, e.usage_id
      order by e."timestamp" desc, coalesce(e.block_number, -1) desc, e.log_index desc, e.sub_index desc, e.tx_hash desc
    ) as age
  from usage_events as e
  left join fundings as f on f.age = 1 and f.protocol = e.protocol and f.chain = e.chain and f.usage_id = e.usage_id
  where e.kind = 'priced' and (
    f.funded_at is null or e."timestamp" < f.funded_at
    or (e."timestamp" = f.funded_at and (
      f.block_number is null or e.block_number is null or e.block_number < f.block_number
      or (e.block_number = f.block_number and e.log_index <= f.log_index)
    ))
  )
),
answers as (
  select
    e.protocol, e.chain, e.usage_id, e.tx_hash, e.sub_index,
    e.consumer, e.provider, e.units, e.unit_kind, e.service, e.class,
    row_number() over (
      partition by e.protocol, e.chain, e.usage_id, e.sub_index
      order by coalesce(e.block_number, -1) desc, e."timestamp" desc, e.tx_hash desc
    ) as age
  from usage_events as e
  where e.kind = 'read'
),
told as (
  select
    a.protocol, a.chain, a.usage_id, min(a.consumer) as consumer, min(a.provider) as provider, max(a.units) as units,
    min(a.unit_kind) as unit_kind, min(a.service) as service,
    max(case when a.class = 'operator-test' then 1 else 0 end) as is_operator_test,
    max(case when a.class = 'rule-required' then 1 else 0 end) as is_rule_required
  from answers as a
  where a.age = 1
  group by a.protocol, a.chain, a.usage_id
),
lives as (
  select
    e.protocol, e.chain, e.usage_id,
    min(e.consumer) as consumer,
    coalesce(
      min(case when e.kind in ('delivered', 'settled') then e.provider end),
      min(case when e.kind = 'funded' then e.provider end),
      min(case when e.kind = 'requested' then e.provider end),
      min(e.provider)
    ) as provider,
    min(case when e.kind = 'requested' then e."timestamp" end) as requested_at,
    min(case when e.kind = 'settled' then e."timestamp" end) as settled_at,
    min(case when e.kind = 'delivered' then e."timestamp" end) as delivered_at,
    min(e."timestamp") as first_at,
    max(case when e.kind = 'refunded' then 1 else 0 end) as is_refunded,
    max(case when e.kind = 'rejected' then 1 else 0 end) as is_rejected,
    max(case when e.kind = 'expired' then 1 else 0 end) as is_expired,
    max(case when e.kind = 'settled' then 1 else 0 end) as is_settled,
    max(case when e.kind = 'delivered' then 1 else 0 end) as is_delivered,
    max(case when e.kind = 'reused' then 1 else 0 end) as is_reused,
    max(case when e.kind = 'funded' then 1 else 0 end) as is_funded,
    max(case when e.kind = 'priced' then 1 else 0 end) as is_priced,
    max(e.units) as units,
    min(e.unit_kind) as unit_kind,
    min(e.service) as service,
    max(case when e.class = 'operator-test' then 1 else 0 end) as is_operator_test,
    max(case when e.class = 'rule-required' then 1 else 0 end) as is_rule_required,
    coalesce(
      min(case when e.kind = 'settled' then e.tx_hash || ' ' || cast(e.log_index as varchar) end),
      min(case when e.kind = 'delivered' then e.tx_hash || ' ' || cast(e.log_index as varchar) end),
      min(case when e.kind = 'requested' then e.tx_hash || ' ' || cast(e.log_index as varchar) end),
      min(case when e.kind not in ('settled', 'delivered', 'requested') then e.tx_hash || ' ' || cast(e.log_index as varchar) end)
    ) as event_place,
    coalesce(
      min(case when e.kind = 'settled' then e.block_number end),
      min(case when e.kind = 'delivered' then e.block_number end),
      min(case when e.kind = 'requested' then e.block_number end),
      min(e.block_number)
    ) as event_block
  from usage_events as e
  where e.kind not in ('feedback', 'feedback-revoked', 'read')
  group by e.protocol, e.chain, e.usage_id
),
logged as (
  select p.*
  from payments as p
  left join pricings as r
    on p.event_kind = 'priced' and r.age = 1 and r.protocol = p.protocol and r.chain = p.chain
    and r.usage_id = p.usage_id and r.tx_hash = p.tx_hash and r.log_index = p.log_index and r.sub_index = p.sub_index
  where p.event_kind not in ('priced', 'read') or r.usage_id is not null
),
standing as (
  select
    g.protocol, g.chain, g.usage_id, g.tx_hash, g.log_index, g.block_number, g."timestamp", g."from", g."to", g.asset,
    g.amount, g.kind, g.event_kind
  from logged as g
  union all
  select
    p.protocol, p.chain, p.usage_id, p.tx_hash, p.log_index, p.block_number, p."timestamp", p."from", p."to", p.asset,
    case when not exists (
      select 1 from logged as g
      where g.protocol = p.protocol and g.chain = p.chain and g.usage_id = p.usage_id and g.kind = p.kind
        and g.amount is not null
    ) then p.amount end as amount,
    p.kind, p.event_kind
  from payments as p
  join answers as a
    on a.age = 1 and a.protocol = p.protocol and a.chain = p.chain and a.usage_id = p.usage_id
    and a.tx_hash = p.tx_hash and a.sub_index = p.sub_index
  where p.event_kind = 'read'
),
halves as (
  select
    s.protocol, s.chain, s.usage_id, s.kind, s."from", s."to", s.asset, s."timestamp", s.block_number,
    s.event_kind not in ('priced', 'read') as is_placed, s.event_kind = 'read' as is_read,
    case when s.kind = 'price' and s.event_kind not in ('priced', 'read')
      then s.tx_hash || ' ' || cast(s.log_index as varchar) end as place,
    cast(s.amount as hugeint) // 1000000000000000000 as high,
    cast(s.amount as hugeint) % 1000000000000000000 as low
  from standing as s
),
paid as (
  select
    h.protocol, h.chain, h.usage_id,
    coalesce(
      min(case when h.kind = 'price' and not h.is_read then h."from" end),
      min(case when h.kind = 'price' then h."from" end)
    ) as payer,
    coalesce(
      min(case when h.kind = 'price' and not h.is_read then h."to" end),
      min(case when h.kind = 'price' then h."to" end)
    ) as payee,
    coalesce(
      min(case when h.kind = 'price' and not h.is_read then h.asset end),
      min(case when not h.is_read then h.asset end),
      min(case when h.kind = 'price' then h.asset end),
      min(h.asset)
    ) as asset,
    min(case when h.kind = 'price' and h.is_placed then h."timestamp" end) as paid_at,
    min(h.place) as place,
    min(case when h.kind = 'price' and h.is_placed then h.block_number end) as block_number,
    sum(case when h.kind = 'price' then h.high end) as gross_high,
    sum(case when h.kind = 'price' then h.low end) as gross_low,
    sum(case when h.kind = 'net' then h.high end) as net_high,
    sum(case when h.kind = 'net' then h.low end) as net_low,
    sum(case when h.kind in ('platform-fee', 'evaluator-fee', 'provider-fee') then h.high end) as fees_high,
    sum(case when h.kind in ('platform-fee', 'evaluator-fee', 'provider-fee') then h.low end) as fees_low,
    sum(case when h.kind = 'refund' then h.high end) as refunded_high,
    sum(case when h.kind = 'refund' then h.low end) as refunded_low,
    sum(case when h.kind = 'principal' then h.high end) as principal_high,
    sum(case when h.kind = 'principal' then h.low end) as principal_low
  from halves as h
  group by h.protocol, h.chain, h.usage_id
)
select
  l.protocol, l.chain, l.usage_id,
  coalesce(l.consumer, t.consumer) as consumer,
  coalesce(l.provider, t.provider) as provider,
  coalesce(p.payer, l.consumer, t.consumer) as payer,
  coalesce(p.payee, l.provider, t.provider) as payee,
  l.requested_at,
  coalesce(l.settled_at, l.delivered_at) as settled_at,
  coalesce(p.paid_at, l.settled_at, l.delivered_at, l.requested_at, l.first_at) as paid_at,
  case
    when l.is_refunded = 1 then 'refunded'
    when l.is_rejected = 1 then 'rejected'
    when l.is_expired = 1 then 'expired'
    when l.is_settled = 1 then 'settled'
    when l.is_delivered = 1 then 'delivered'
    when l.is_reused = 1 then 'reused'
    when l.is_funded = 1 then 'funded'
    when l.is_priced = 1 then 'priced'
    else 'requested'
  end as status,
  case
    when l.is_operator_test = 1 or t.is_operator_test = 1 then 'operator-test'
    when l.is_rule_required = 1 or t.is_rule_required = 1 then 'rule-required'
    else 'ordinary'
  end as class,
  coalesce(l.service, t.service) as service,
  coalesce(l.units, t.units) as units,
  coalesce(l.unit_kind, t.unit_kind) as unit_kind,
  p.asset,
  case when p.gross_high + p.gross_low // 1000000000000000000 < 100000000000000000000
    then cast(p.gross_high * 1000000000000000000 + p.gross_low as decimal(38,0)) end as gross,
  coalesce(p.gross_high + p.gross_low // 1000000000000000000 >= 100000000000000000000, false) as gross_overflow,
  case when p.net_high + p.net_low // 1000000000000000000 < 100000000000000000000
    then cast(p.net_high * 1000000000000000000 + p.net_low as decimal(38,0)) end as net,
  case when p.fees_high + p.fees_low // 1000000000000000000 < 100000000000000000000
    then cast(p.fees_high * 1000000000000000000 + p.fees_low as decimal(38,0)) end as fees,
  case when p.refunded_high + p.refunded_low // 1000000000000000000 < 100000000000000000000
    then cast(p.refunded_high * 1000000000000000000 + p.refunded_low as decimal(38,0)) end as refunded,
  case when p.principal_high + p.principal_low // 1000000000000000000 < 100000000000000000000
    then cast(p.principal_high * 1000000000000000000 + p.principal_low as decimal(38,0)) end as principal,
  split_part(coalesce(p.place, l.event_place), ' ', 1) as tx_hash,
  cast(split_part(coalesce(p.place, l.event_place), ' ', 2) as bigint) as log_index,
  case when p.place is null then l.event_block else p.block_number end as block_number
from lives as l
left join paid as p on p.protocol = l.protocol and p.chain = l.chain and p.usage_id = l.usage_id
left join told as t on t.protocol = l.protocol and t.chain = l.chain and t.usage_id = l.usage_id
