-- Grain: one (sender, receiver, chain, native currency or token) among the transfers that can speak of who stands behind a
-- wallet. Inputs: free_transfers, wallet_numbers. Parameters: parts (a transfer below one part in so many of the largest that
-- its recipient got of the asset is dust).
-- What reaches a party unasked links nobody: of that its first native funding counts, whatever comes from a wallet that it
-- sends to as well, and what is no dust.
with arrivals as (
  select t.*,
    max(t.amount) over (partition by t."to", t.chain, t.asset) as largest,
    row_number() over (
      partition by t."to", t.is_native
      order by coalesce(t."timestamp", 9000000000000000), coalesce(t.block_number, -1), t.chain, t.tx_hash, t.log_index, t.trace_path
    ) as place
  from free_transfers as t
),
pairs as (
  select distinct t."from", t."to" from free_transfers as t
),
kept as (
  select a.*
  from arrivals as a
  join wallet_numbers as w on w.wallet = a."to"
  left join pairs as p on p."from" = a."to" and p."to" = a."from"
  where not w.is_party or p."to" is not null or (a.is_native and a.place = 1)
    or a.amount is null or a.amount >= cast(a.largest as hugeint) // $parts
)
select
  f.wallet_index as from_index,
  t.wallet_index as to_index,
  cast(dense_rank() over (order by k.chain, k.is_native) - 1 as integer) as type_index,
  cast(count(*) as integer) as transfers
from kept as k
join wallet_numbers as f on f.wallet = k."from"
join wallet_numbers as t on t.wallet = k."to"
group by f.wallet_index, t.wallet_index, k.chain, k.is_native
order by f.wallet_index, t.wallet_index, k.chain, k.is_native
