-- Grain: one payment of a finding, numbered within it by time: place.
-- Inputs: counted_usage, marked (usage_index, finding, level, returned). Parameters: findings (how many of the first), most (payments a finding).
with placed as (
  select
    m.finding, m.level, m.returned, c.usage_index, c.protocol, c.chain, c.usage_id, c.consumer, c.provider, c.payer, c.payee,
    c.paid_at, c.asset, c.gross, c.tx_hash, c.log_index, c.block_number,
    row_number() over (
      partition by m.finding
      order by c.paid_at, c.chain, c.tx_hash, c.log_index, c.usage_index
    ) as place
  from marked as m
  join counted_usage as c on c.usage_index = m.usage_index
)
select p.*
from placed as p
where p.place <= $most and p.finding < $findings
order by p.finding, p.place
