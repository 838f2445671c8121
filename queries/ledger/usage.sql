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
    a.protocol, a.chain, a.usage_id,
    min(a.consumer) as consumer, min(a.provider) as provider, max(a.units) as units,
    min(a.unit_kind) as unit_kind, min(a.service) as service,
    min(case a.class when 'operator-test' then 0 when 'rule-required' then 1 else 2 end) as class_rank
  from answers as a
  where a.age = 1
  group by a.protocol, a.chain, a.usage_id
),
ranks as (
  select r.kind, r.status_rank, r.place_rank, r.provider_rank
  from (values
    ('refunded', 0, '3', '3'), ('rejected', 1, '3', '3'), ('expired', 2, '3', '3'), ('settled', 3, '0', '0'),
    ('delivered', 4, '1', '0'), ('reused', 5, '3', '3'), ('funded', 6, '3', '1'), ('priced', 7, '3', '3'),
    ('requested', 8, '2', '2')
  ) as r(kind, status_rank, place_rank, provider_rank)
),
retold as (
  select e.protocol, e.chain, e.usage_id
  from usage_events as e
  where e.kind not in ('feedback', 'feedback-revoked', 'read')
  group by e.protocol, e.chain, e.usage_id
  having count(*) > 1
),
lives as (
  select
    e.protocol, e.chain, e.usage_id, e.consumer, e.provider,
    case when e.kind = 'requested' then e."timestamp" end as requested_at,
    case when e.kind = 'settled' then e."timestamp" end as settled_at,
    case when e.kind = 'delivered' then e."timestamp" end as delivered_at,
    e."timestamp" as first_at,
    r.status_rank,
    case e.class when 'operator-test' then 0 when 'rule-required' then 1 else 2 end as class_rank,
    e.units, e.unit_kind, e.service, e.tx_hash, e.log_index, e.block_number
  from usage_events as e
  join ranks as r on r.kind = e.kind
  left join retold as m on m.protocol = e.protocol and m.chain = e.chain and m.usage_id = e.usage_id
  where m.usage_id is null
  union all
  select
    e.protocol, e.chain, e.usage_id,
    min(e.consumer) as consumer,
    substr(min(r.provider_rank || e.provider), 2) as provider,
    min(case when e.kind = 'requested' then e."timestamp" end) as requested_at,
    min(case when e.kind = 'settled' then e."timestamp" end) as settled_at,
    min(case when e.kind = 'delivered' then e."timestamp" end) as delivered_at,
    min(e."timestamp") as first_at,
    min(r.status_rank) as status_rank,
    min(case e.class when 'operator-test' then 0 when 'rule-required' then 1 else 2 end) as class_rank,
    max(e.units) as units,
    min(e.unit_kind) as unit_kind,
    min(e.service) as service,
    split_part(substr(min(r.place_rank || e.tx_hash || ' ' || cast(e.log_index as varchar)), 2), ' ', 1) as tx_hash,
    cast(split_part(min(r.place_rank || e.tx_hash || ' ' || cast(e.log_index as varchar)), ' ', 2) as bigint) as log_index,
    coalesce(
      min(case when e.kind = 'settled' then e.block_number end),
      min(case when e.kind = 'delivered' then e.block_number end),
      min(case when e.kind = 'requested' then e.block_number end),
      min(e.block_number)
    ) as block_number
  from usage_events as e
  join ranks as r on r.kind = e.kind
  join retold as m on m.protocol = e.protocol and m.chain = e.chain and m.usage_id = e.usage_id
  group by e.protocol, e.chain, e.usage_id
),
several as (
  select p.protocol, p.chain, p.usage_id
  from payments as p
  group by p.protocol, p.chain, p.usage_id
  having count(*) > 1 or max(case when p.event_kind in ('priced', 'read') then 1 else 0 end) = 1
),
logged as (
  select
    p.protocol, p.chain, p.usage_id, p.tx_hash, p.log_index, p.block_number, p."timestamp", p."from", p."to", p.asset,
    p.amount, p.kind, p.event_kind
  from payments as p
  join several as m on m.protocol = p.protocol and m.chain = p.chain and m.usage_id = p.usage_id
  left join pricings as r
    on p.event_kind = 'priced' and r.age = 1 and r.protocol = p.protocol and r.chain = p.chain
    and r.usage_id = p.usage_id and r.tx_hash = p.tx_hash and r.log_index = p.log_index and r.sub_index = p.sub_index
  where p.event_kind not in ('priced', 'read') or r.usage_id is not null
),
asked as (
  select
    p.protocol, p.chain, p.usage_id, p.tx_hash, p.log_index, p.block_number, p."timestamp", p."from", p."to", p.asset,
    p.amount, p.kind, p.event_kind
  from payments as p
  join answers as a
    on a.age = 1 and a.protocol = p.protocol and a.chain = p.chain and a.usage_id = p.usage_id
    and a.tx_hash = p.tx_hash and a.sub_index = p.sub_index
  where p.event_kind = 'read'
),
known as (
  select distinct p.protocol, p.chain, p.usage_id, p.kind
  from asked as k
  join payments as p on p.protocol = k.protocol and p.chain = k.chain and p.usage_id = k.usage_id and p.kind = k.kind
  left join pricings as r
    on p.event_kind = 'priced' and r.age = 1 and r.protocol = p.protocol and r.chain = p.chain
    and r.usage_id = p.usage_id and r.tx_hash = p.tx_hash and r.log_index = p.log_index and r.sub_index = p.sub_index
  where p.amount is not null and (p.event_kind not in ('priced', 'read') or r.usage_id is not null)
),
standing as (
  select g.*
  from logged as g
  union all
  select
    k.protocol, k.chain, k.usage_id, k.tx_hash, k.log_index, k.block_number, k."timestamp", k."from", k."to", k.asset,
    case when n.usage_id is null then k.amount end as amount, k.kind, k.event_kind
  from asked as k
  left join known as n on n.protocol = k.protocol and n.chain = k.chain and n.usage_id = k.usage_id and n.kind = k.kind
),
halves as (
  select
    s.protocol, s.chain, s.usage_id, s.kind, s."from", s."to", s.asset, s."timestamp", s.block_number,
    s.event_kind not in ('priced', 'read') as is_placed, s.tx_hash, s.log_index,
    case when s.event_kind = 'read' then '1' else '0' end as party_rank,
    case
      when s.event_kind <> 'read' and s.kind = 'price' then '0'
      when s.event_kind <> 'read' then '1'
      when s.kind = 'price' then '2'
      else '3'
    end as asset_rank,
    case when s.amount >= 1000000000000000000 then cast(s.amount as hugeint) // 1000000000000000000 when s.amount >= 0 then 0 end as high,
    case when s.amount >= 1000000000000000000 then cast(cast(s.amount as hugeint) % 1000000000000000000 as bigint) else cast(s.amount as bigint) end as low
  from standing as s
),
folded as (
  select
    h.protocol, h.chain, h.usage_id,
    substr(min(case when h.kind = 'price' then h.party_rank || h."from" end), 2) as payer,
    substr(min(case when h.kind = 'price' then h.party_rank || h."to" end), 2) as payee,
    substr(min(h.asset_rank || h.asset), 2) as asset,
    min(case when h.kind = 'price' and h.is_placed then h."timestamp" end) as paid_at,
    min(case when h.kind = 'price' and h.is_placed then h.tx_hash || ' ' || cast(h.log_index as varchar) end) as place,
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
),
paid as (
  select
    p.protocol, p.chain, p.usage_id,
    case when p.kind = 'price' then p."from" end as payer,
    case when p.kind = 'price' then p."to" end as payee,
    p.asset,
    case when p.kind = 'price' then p."timestamp" end as paid_at,
    case when p.kind = 'price' then p.tx_hash end as tx_hash,
    case when p.kind = 'price' then p.log_index end as log_index,
    case when p.kind = 'price' then p.block_number end as block_number,
    case when p.kind = 'price' then p.amount end as gross,
    false as gross_overflow,
    case when p.kind = 'net' then p.amount end as net,
    case when p.kind in ('platform-fee', 'evaluator-fee', 'provider-fee') then p.amount end as fees,
    case when p.kind = 'refund' then p.amount end as refunded,
    case when p.kind = 'principal' then p.amount end as principal
  from payments as p
  left join several as m on m.protocol = p.protocol and m.chain = p.chain and m.usage_id = p.usage_id
  where m.usage_id is null
  union all
  select
    f.protocol, f.chain, f.usage_id, f.payer, f.payee, f.asset, f.paid_at,
    split_part(f.place, ' ', 1) as tx_hash, cast(split_part(f.place, ' ', 2) as bigint) as log_index, f.block_number,
    case when f.gross_high + f.gross_low // 1000000000000000000 < 100000000000000000000
      then cast(f.gross_high * 1000000000000000000 + f.gross_low as decimal(38,0)) end as gross,
    coalesce(f.gross_high + f.gross_low // 1000000000000000000 >= 100000000000000000000, false) as gross_overflow,
    case when f.net_high + f.net_low // 1000000000000000000 < 100000000000000000000
      then cast(f.net_high * 1000000000000000000 + f.net_low as decimal(38,0)) end as net,
    case when f.fees_high + f.fees_low // 1000000000000000000 < 100000000000000000000
      then cast(f.fees_high * 1000000000000000000 + f.fees_low as decimal(38,0)) end as fees,
    case when f.refunded_high + f.refunded_low // 1000000000000000000 < 100000000000000000000
      then cast(f.refunded_high * 1000000000000000000 + f.refunded_low as decimal(38,0)) end as refunded,
    case when f.principal_high + f.principal_low // 1000000000000000000 < 100000000000000000000
      then cast(f.principal_high * 1000000000000000000 + f.principal_low as decimal(38,0)) end as principal
  from folded as f
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
  case l.status_rank
    when 0 then 'refunded' when 1 then 'rejected' when 2 then 'expired' when 3 then 'settled' when 4 then 'delivered'
    when 5 then 'reused' when 6 then 'funded' when 7 then 'priced' else 'requested'
  end as status,
  case least(l.class_rank, coalesce(t.class_rank, 2)) when 0 then 'operator-test' when 1 then 'rule-required' else 'ordinary' end as class,
  coalesce(l.service, t.service) as service,
  coalesce(l.units, t.units) as units,
  coalesce(l.unit_kind, t.unit_kind) as unit_kind,
  p.asset, p.gross, coalesce(p.gross_overflow, false) as gross_overflow, p.net, p.fees, p.refunded, p.principal,
  case when p.tx_hash is null then l.tx_hash else p.tx_hash end as tx_hash,
  case when p.tx_hash is null then l.log_index else p.log_index end as log_index,
  case when p.tx_hash is null then l.block_number else p.block_number end as block_number
from lives as l
left join paid as p on p.protocol = l.protocol and p.chain = l.chain and p.usage_id = l.usage_id
left join told as t on t.protocol = l.protocol and t.chain = l.chain and t.usage_id = l.usage_id
