-- Grain: one usage event of one protocol on one chain. Inputs: usage_events.
-- NULL: not known; also the place of a row that has no log.
select
  e.usage_id, e.kind, e.block_number, e."timestamp",
  case when e.log_index >= 0 and e.tx_hash like '0x%' then e.tx_hash end as tx_hash,
  case when e.log_index >= 0 and e.tx_hash like '0x%' then e.log_index end as log_index,
  case when e.log_index >= 0 and e.tx_hash like '0x%' then e.sub_index end as sub_index,
  e.consumer, e.provider, e.evaluator, e.tx_from, e.service, e.units, e.expected_units, e.unit_kind, e.payload_hash,
  e.attribution, e.class
from usage_events as e
where e.protocol = $protocol and e.chain = $chain
