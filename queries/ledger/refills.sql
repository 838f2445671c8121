-- Grain: one paying party and one wallet that sent it value after it had paid for something. Inputs: counted_usage, free_transfers,
-- wallet_numbers. Less than one part in a hundred of the most that a party got at once of an asset is passed over.
-- is_main: what it sent then is at least half of all of that asset that the party ever got.
with payers as (
  select c.payer as wallet, min(c.paid_at) as paid_at
  from counted_usage as c
  where c.payer is not null and c.paid_at is not null
  group by c.payer
),
arrived as (
  select t."to" as wallet, t."from" as sender, t.asset, t."timestamp", t.amount, p.paid_at,
    max(t.amount) over (partition by t."to", t.chain, t.asset) as largest
  from free_transfers as t
  join payers as p on p.wallet = t."to"
),
received as (
  select a.wallet, a.asset, sum(cast(least(a.amount, 10000000000000000000000000000) as hugeint)) as amount
  from arrived as a
  group by a.wallet, a.asset
),
again as (
  select a.wallet, a.sender, a.asset, sum(cast(least(a.amount, 10000000000000000000000000000) as hugeint)) as amount
  from arrived as a
  where a."timestamp" > a.paid_at and (a.amount is null or a.amount >= cast(a.largest as hugeint) // 100)
  group by a.wallet, a.sender, a.asset
)
select w.wallet_index, s.wallet_index as sender_index,
  max(case when g.amount * 2 >= r.amount then 1 else 0 end) as is_main
from again as g
join received as r on r.wallet = g.wallet and (r.asset = g.asset or (r.asset is null and g.asset is null))
join wallet_numbers as w on w.wallet = g.wallet
join wallet_numbers as s on s.wallet = g.sender
group by w.wallet_index, s.wallet_index
order by w.wallet_index, s.wallet_index
