-- Grain: one leg of a payment of one protocol on one chain. Inputs: payments.
-- NULL: not known; also the place of a row that has no log.
select
  p.usage_id, p.event_kind, p.leg, p.block_number, p."timestamp",
  case when p.log_index >= 0 and p.tx_hash like '0x%' then p.tx_hash end as tx_hash,
  case when p.log_index >= 0 and p.tx_hash like '0x%' then p.log_index end as log_index,
  case when p.log_index >= 0 and p.tx_hash like '0x%' then p.sub_index end as sub_index,
  p."from", p."to", p.asset, p.amount, p.expected_amount, p.kind
from payments as p
where p.protocol = $protocol and p.chain = $chain
