-- Grain: one wallet whose first native currency, or first token, the ledger saw: who sent it, and when.
-- Inputs: free_transfers, wallet_numbers. Parameters: is_native. Anybody can send a little first: what is less than one part in
-- a hundred of the most it got at once of an asset is passed over, and who sent less than half of all it got is no funder.
-- A wallet that had sent of that before was funded where the ledger does not look, and is not in the result.
with arrived as (
  select t.*, max(t.amount) over (partition by t."to", t.chain, t.asset) as largest
  from free_transfers as t
  where t.is_native = $is_native and t."timestamp" is not null
),
inbound as (
  select
    t."to" as wallet, t."from" as funder, t."timestamp" as funded_at,
    row_number() over (
      partition by t."to"
      order by t."timestamp", coalesce(t.block_number, -1), t.chain, t.tx_hash, t.log_index, t.trace_path
    ) as place
  from arrived as t
  where t.amount is null or t.amount >= cast(t.largest as hugeint) // 100
),
received as (
  select t."to" as wallet, t.asset, sum(cast(least(t.amount, 10000000000000000000000000000) as hugeint)) as amount
  from free_transfers as t
  where t.is_native = $is_native
  group by t."to", t.asset
),
given as (
  select t."to" as wallet, t."from" as funder, t.asset,
    sum(cast(least(t.amount, 10000000000000000000000000000) as hugeint)) as amount
  from free_transfers as t
  where t.is_native = $is_native
  group by t."to", t."from", t.asset
),
main as (
  select distinct g.wallet, g.funder
  from given as g
  join received as r on r.wallet = g.wallet and (r.asset = g.asset or (r.asset is null and g.asset is null))
  where g.amount is null or g.amount * 2 >= r.amount
),
outbound as (
  select t."from" as wallet, min(t."timestamp") as first_at
  from free_transfers as t
  where t.is_native = $is_native and t."timestamp" is not null
  group by t."from"
)
select w.wallet_index, f.wallet_index as funder_index, i.funded_at
from inbound as i
join main as m on m.wallet = i.wallet and m.funder = i.funder
join wallet_numbers as w on w.wallet = i.wallet
join wallet_numbers as f on f.wallet = i.funder
left join outbound as o on o.wallet = i.wallet
where i.place = 1 and (o.first_at is null or o.first_at >= i.funded_at)
order by w.wallet_index
