-- Grain: one transfer of value that settles no usage, between two wallets, numbered from 0 in order of time: free_index.
-- Inputs: transfers, settlements.
-- NULL: timestamp, amount or asset that the source did not tell. Transfers to oneself and of nothing are left out.
select
  cast(row_number() over (order by t."timestamp" nulls last, t.chain, t.tx_hash, t.log_index, t.trace_path) - 1 as integer) as free_index,
  t.chain, t.tx_hash, t.log_index, t.trace_path, t.block_number, t."timestamp", t."from", t."to", t.asset, t.amount,
  t.kind in ('native', 'internal') as is_native
from transfers as t
left join settlements as s
  on s.chain = t.chain and s.tx_hash = t.tx_hash and s.log_index = t.log_index and s.trace_path = t.trace_path
where s.tx_hash is null and t."from" <> t."to" and (t.amount is null or t.amount > 0)
