-- Grain: one wallet that sent native currency, or tokens: where the last of it went, and when.
-- Inputs: free_transfers, wallet_numbers. Parameters: is_native. Less than one part in a hundred of the most it sent at once of
-- an asset is no sweep.
with sent as (
  select t.*, max(t.amount) over (partition by t."from", t.chain, t.asset) as largest
  from free_transfers as t
  where t.is_native = $is_native and t."timestamp" is not null
),
outbound as (
  select
    t."from" as wallet, t."to" as target, t."timestamp" as swept_at,
    row_number() over (
      partition by t."from"
      order by t."timestamp" desc, coalesce(t.block_number, -1) desc, t.chain desc, t.tx_hash desc, t.log_index desc, t.trace_path desc
    ) as place
  from sent as t
  where t.amount is null or t.amount >= cast(t.largest as hugeint) // 100
)
select w.wallet_index, g.wallet_index as target_index, o.swept_at
from outbound as o
join wallet_numbers as w on w.wallet = o.wallet
join wallet_numbers as g on g.wallet = o.target
where o.place = 1
order by w.wallet_index
