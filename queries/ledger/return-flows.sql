-- Grain: one payment, or one return, of a flow: a payer, a payee, a chain and an asset between which both exist.
-- Inputs: counted_usage, pair_transfers.
-- Order: by flow, then time; a return stands after a payment only if it is later. Of one time, that is told by block and
-- log alone: a return without a block stands first and a payment without one last, and so inside a block without a log.
-- amount_a, amount_b and amount_c: the amount to the base 10^13, so that each part fits 64 bits.
with returns as (
  select t.*
  from pair_transfers as t
  where t.is_later and not t.is_settlement and t.asset is not null and t.amount is not null
),
flows as (
  select
    r.chain, r.asset, r.payer, r.payee,
    row_number() over (order by r.chain, r.asset, r.payer, r.payee) - 1 as flow
  from (select distinct chain, asset, payer, payee from returns) as r
),
moves as (
  select
    f.flow, 0 as is_return, c.usage_index as move_index, c.paid_at as moved_at, c.block_number,
    case when c.tx_hash like 'file:%' then -1 else c.log_index end as log_index, c.gross as amount
  from counted_usage as c
  join flows as f on f.chain = c.chain and f.asset = c.asset and f.payer = c.payer and f.payee = c.payee
  where c.gross is not null and not c.is_self
  union all
  select f.flow, 1 as is_return, r.transfer_index as move_index, r."timestamp" as moved_at, r.block_number,
    case when r.tx_hash like 'file:%' then -1 else r.log_index end as log_index, r.amount
  from returns as r
  join flows as f on f.chain = r.chain and f.asset = r.asset and f.payer = r.payer and f.payee = r.payee
)
select
  cast(m.flow as integer) as flow,
  cast(m.is_return as integer) as is_return,
  cast(m.move_index as integer) as move_index,
  cast(m.moved_at as bigint) as moved_at,
  cast(cast(m.amount as hugeint) // 100000000000000000000000000 as bigint) as amount_a,
  cast(cast(m.amount as hugeint) // 10000000000000 % 10000000000000 as bigint) as amount_b,
  cast(cast(m.amount as hugeint) % 10000000000000 as bigint) as amount_c
from moves as m
order by
  m.flow, m.moved_at,
  case when m.block_number is not null then 1 when m.is_return = 1 then 0 else 2 end, coalesce(m.block_number, 0),
  case when m.log_index >= 0 then 1 when m.is_return = 1 then 0 else 2 end, m.log_index,
  m.is_return desc, m.move_index
