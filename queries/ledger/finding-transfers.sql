-- Grain: one transfer that shows a finding of a signal with a null model, numbered within it, the most telling first: place.
-- Inputs: free_transfers, shown (finding, free_index, place). Parameters: findings (how many of the first), most (transfers a finding).
-- NULL: a time, asset or amount that the source did not tell.
select
  s.finding, s.place, t.chain, t.tx_hash, t.log_index, t.trace_path, t."timestamp" as moved_at, t."from", t."to", t.asset, t.amount
from shown as s
join free_transfers as t on t.free_index = s.free_index
where s.place < $most and s.finding < $findings
order by s.finding, s.place
