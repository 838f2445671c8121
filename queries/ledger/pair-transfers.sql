-- Grain: one transfer from a payee to a wallet that paid it, at any time, numbered from 0 in a total order: transfer_index.
-- Inputs: counted_usage, transfers, settlements, labels.
-- NULL: amount, asset or time that the source did not tell.
-- is_later: some payment between the two came before it. is_settlement: it settles a usage itself.
-- The number of a record in a file is no place in a block, so it never decides what came later.
-- Self-transfers are left out, and so are wallets labelled as services: value through them comes back to nobody in particular.
with services as (
  select distinct l.address
  from labels as l
  where l.kind in ('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender')
),
pairs as (
  select
    c.payer, c.payee,
    min(c.paid_at) as first_paid_at
  from counted_usage as c
  where c.payer is not null and c.payee is not null and c.payer <> c.payee
    and not exists (select 1 from services as s where s.address = c.payer)
    and not exists (select 1 from services as s where s.address = c.payee)
  group by c.payer, c.payee
),
back as (
  select t.*, p.payer, p.payee, p.first_paid_at
  from transfers as t
  join pairs as p on t."from" = p.payee and t."to" = p.payer
),
same_moment as (
  select distinct b.chain, b.tx_hash, b.log_index, b.trace_path
  from back as b
  join counted_usage as c on c.payer = b.payer and c.payee = b.payee and c.paid_at = b."timestamp"
  where c.chain = b.chain and (
    b.block_number > c.block_number
    or (b.block_number = c.block_number and b.log_index >= 0 and c.log_index >= 0 and b.log_index > c.log_index
      and b.tx_hash not like 'file:%' and c.tx_hash not like 'file:%')
  )
)
select
  cast(row_number() over (order by b.chain, b.tx_hash, b.log_index, b.trace_path) - 1 as integer) as transfer_index,
  b.chain, b.tx_hash, b.log_index, b.trace_path, b.block_number, b."timestamp", b.payer, b.payee, b.asset, b.amount,
  coalesce(b."timestamp" > b.first_paid_at, false) or m.tx_hash is not null as is_later,
  s.tx_hash is not null as is_settlement
from back as b
left join same_moment as m
  on m.chain = b.chain and m.tx_hash = b.tx_hash and m.log_index = b.log_index and m.trace_path = b.trace_path
left join settlements as s
  on s.chain = b.chain and s.tx_hash = b.tx_hash and s.log_index = b.log_index and s.trace_path = b.trace_path
