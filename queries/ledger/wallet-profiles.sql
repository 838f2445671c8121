-- Grain: one party of counted usage, in the order of its number. Inputs: counted_usage, free_transfers, wallet_numbers.
-- days: UTC days with a payment made or received. funders, targets: distinct wallets it receives from and sends to.
with moves as (
  select c.payer as wallet, c.payee as other, 1 as paid, c.paid_at from counted_usage as c
  where c.payer is not null
  union all
  select c.payee as wallet, c.payer as other, 0 as paid, c.paid_at from counted_usage as c
  where c.payee is not null
),
used as (
  select
    m.wallet,
    count(case when m.paid = 1 then 1 end) as payments,
    count(case when m.paid = 0 then 1 end) as receipts,
    count(distinct case when m.paid = 1 then m.other end) as payees,
    count(distinct case when m.paid = 0 then m.other end) as payers,
    count(distinct m.paid_at // 86400000) as days,
    min(m.paid_at) as first_at,
    max(m.paid_at) as last_at
  from moves as m
  group by m.wallet
),
received as (
  select t."to" as wallet, count(distinct t."from") as funders from free_transfers as t group by t."to"
),
sent as (
  select t."from" as wallet, count(distinct t."to") as targets from free_transfers as t group by t."from"
)
select
  w.wallet_index,
  cast(u.payments as integer) as payments,
  cast(u.receipts as integer) as receipts,
  cast(u.payees as integer) as payees,
  cast(u.payers as integer) as payers,
  cast(u.days as integer) as days,
  u.first_at, u.last_at,
  cast(coalesce(r.funders, 0) as integer) as funders,
  cast(coalesce(s.targets, 0) as integer) as targets
from used as u
join wallet_numbers as w on w.wallet = u.wallet
left join received as r on r.wallet = u.wallet
left join sent as s on s.wallet = u.wallet
order by w.wallet_index
