-- Grain: one wallet whose first native currency the ledger saw: who sent it, and when. Inputs: free_transfers, wallet_numbers.
-- A wallet that had sent something before was funded where the ledger does not look, and is not in the result.
with inbound as (
  select
    t."to" as wallet, t."from" as funder, t."timestamp" as funded_at,
    row_number() over (
      partition by t."to"
      order by t."timestamp", coalesce(t.block_number, -1), t.chain, t.tx_hash, t.log_index, t.trace_path
    ) as place
  from free_transfers as t
  where t.is_native and t."timestamp" is not null
),
outbound as (
  select t."from" as wallet, min(t."timestamp") as first_at
  from free_transfers as t
  where t."timestamp" is not null
  group by t."from"
)
select w.wallet_index, f.wallet_index as funder_index, i.funded_at
from inbound as i
join wallet_numbers as w on w.wallet = i.wallet
join wallet_numbers as f on f.wallet = i.funder
left join outbound as o on o.wallet = i.wallet
where i.place = 1 and (o.first_at is null or o.first_at >= i.funded_at)
order by w.wallet_index
