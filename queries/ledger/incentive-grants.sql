-- Grain: one grant of a programme. Inputs: windows, rewards, programmes, links, counted_usage.
-- Parameters: from_time, to_time (UTC ms, half-open; NULL: no bound): windows that lie within them whole, and when a reward was
-- granted.
-- A programme whose windows tell what they granted is read from them, at the end of each (basis windows), any other from its
-- rewards (basis rewards). The asset of a window is that of the rewards of its programme, if they have one.
-- wallet: the recipient where it is a party of counted usage, else the subject, else a wallet that either owns, those first
-- that stand on the side which the programme counts. NULL: no party; asset or amount not known; from_time of a reward.
-- epoch: as the programme numbers it. NULL: it does not; period is then the end of the window, or the Monday (UTC ms).
with granting as (
  select distinct w.protocol, w.programme
  from windows as w
  where w.reward > 0
),
one_asset as (
  select r.protocol, r.programme, min(r.chain) as chain, min(r.asset) as asset
  from rewards as r
  group by r.protocol, r.programme
  having count(distinct r.chain || ' ' || coalesce(r.asset, '')) = 1
),
granted as (
  select
    w.protocol, w.programme, 'windows' as basis, cast(null as varchar) as epoch, w.to_time as period, w.from_time,
    w.to_time as granted_at, w.subject as recipient, w.subject, a.chain, a.asset, w.reward as amount,
    '' as tx_hash, 0 as log_index, 0 as sub_index
  from windows as w
  join granting as g on g.protocol = w.protocol and g.programme = w.programme
  left join one_asset as a on a.protocol = w.protocol and a.programme = w.programme
  where w.reward > 0
  union all
  select
    r.protocol, r.programme, 'rewards' as basis, r.epoch,
    case when r.epoch is null then (r."timestamp" - 345600000) // 604800000 * 604800000 + 345600000 end as period,
    null as from_time, r."timestamp" as granted_at, r.recipient, coalesce(r.subject, r.recipient), r.chain, r.asset, r.amount,
    r.tx_hash, r.log_index, r.sub_index
  from rewards as r
  left join granting as g on g.protocol = r.protocol and g.programme = r.programme
  where g.programme is null
),
standing as (
  select c.protocol, c.payer as wallet, 0 as side from counted_usage as c where c.payer is not null
  union
  select c.protocol, c.payee as wallet, 1 as side from counted_usage as c where c.payee is not null
),
holders as (
  select distinct g.protocol, g.programme, g.recipient, g.subject
  from granted as g
),
candidates as (
  select h.protocol, h.programme, h.recipient, h.subject, 0 as distance, h.recipient as wallet from holders as h
  union all
  select h.protocol, h.programme, h.recipient, h.subject, 1, h.subject from holders as h
  union all
  select h.protocol, h.programme, h.recipient, h.subject, 2, k.subject
  from holders as h
  join links as k on k.kind = 'owner' and k.object = h.subject
),
placed as (
  select
    c.protocol, c.programme, c.recipient, c.subject, c.wallet,
    row_number() over (
      partition by c.protocol, c.programme, c.recipient, c.subject
      order by c.distance, case when s.side = (case when p.counted = 'deliveries' then 1 else 0 end) then 0 else 1 end, c.wallet, s.side
    ) as place
  from candidates as c
  join standing as s on s.protocol = c.protocol and s.wallet = c.wallet
  left join programmes as p on p.protocol = c.protocol and p.programme = c.programme
)
select
  g.protocol, g.programme, g.basis, g.epoch, g.period, g.from_time, g.granted_at, g.recipient, g.subject, p.wallet, g.chain,
  g.asset, g.amount, g.tx_hash, g.log_index, g.sub_index
from granted as g
left join placed as p on p.place = 1 and p.protocol = g.protocol and p.programme = g.programme
  and p.recipient = g.recipient and p.subject = g.subject
where ($from_time is null or coalesce(g.from_time, g.granted_at) >= $from_time)
  and ($to_time is null or g.granted_at < $to_time or (g.basis = 'windows' and g.granted_at = $to_time))
order by g.protocol, g.programme, g.granted_at, g.recipient, g.subject, g.chain nulls last, g.tx_hash, g.log_index, g.sub_index
