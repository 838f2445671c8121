-- Grain: one usage event. Inputs: usage_events. NULL as in the table.
select e.chain, e.tx_hash, e.log_index, e.sub_index, e.kind, e.protocol, e.usage_id, e.block_number, e."timestamp", e.consumer, e.provider, e.source
from usage_events as e
order by e.chain, e.tx_hash, e.log_index, e.sub_index, e.kind
