-- Grain: one part of a return that repays one payment of a finding.
-- Inputs: counted_usage, pair_transfers, matched (usage_index, transfer_index, finding, amount).
-- Parameter: findings (how many of the first).
select
  m.finding, m.usage_index, m.amount as matched, t.chain, t.tx_hash, t.log_index, t.trace_path, t.asset, t.amount,
  t."timestamp" as returned_at, t."timestamp" - c.paid_at as after_ms, c.tx_hash as payment_tx_hash, c.log_index as payment_log_index
from matched as m
join counted_usage as c on c.usage_index = m.usage_index
join pair_transfers as t on t.transfer_index = m.transfer_index
where m.finding < $findings
order by m.finding, m.usage_index, t."timestamp", t.chain, t.tx_hash, t.log_index, t.trace_path
