-- Grain: one usage, with when it counts, whether that is in the window, and whether the network's own metric counts it there.
-- Inputs: usage, protocols. Parameters: from_time, to_time (UTC ms, half-open; NULL: no bound).
-- NULL: counted_at is never NULL.
with newest as (
  select r.protocol, max(r.adapter_version) as adapter_version
  from protocols as r
  group by r.protocol
),
metrics as (
  select r.protocol, r.metric_statuses, r.metric_time
  from protocols as r
  join newest as n on n.protocol = r.protocol and n.adapter_version = r.adapter_version
),
dated as (
  select
    u.protocol, u.chain, u.usage_id, u.consumer, u.provider, u.payer, u.payee, u.paid_at, u.status, u.class, u.service, u.units,
    u.unit_kind, u.asset, u.gross, u.gross_overflow, u.fees, u.tx_hash, u.log_index, u.block_number,
    coalesce(
      case when m.metric_time = 'requested_at' then u.requested_at end,
      u.settled_at, u.requested_at, u.paid_at
    ) as counted_at,
    strpos(',' || coalesce(m.metric_statuses, 'requested,priced,funded,delivered,settled,reused') || ',', ',' || u.status || ',') > 0 as is_counted
  from "usage" as u
  left join metrics as m on m.protocol = u.protocol
)
select
  d.*,
  ($from_time is null or d.counted_at >= $from_time) and ($to_time is null or d.counted_at < $to_time) as in_window
from dated as d
