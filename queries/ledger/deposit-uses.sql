-- Grain: one wallet that sent to an address which forwarded it to an exchange (Victor 2020, algorithm 1), and that address.
-- Inputs: free_transfers, wallet_numbers, labels, wallets. Parameters: most_ms (time until it is forwarded), most_loss (in the
-- smallest unit of native currency), loss_parts (of tokens, one part in so many), most_users (an address with more senders is no deposit).
-- A deposit is neither a party, nor labelled, nor a contract, and all that it sends goes to labelled exchanges.
with exchanges as (
  select distinct l.address
  from labels as l
  where l.kind = 'exchange'
),
labelled as (
  select distinct l.address
  from labels as l
  where l.kind <> 'deposit'
),
contracts as (
  select distinct k.address
  from wallets as k
  where k.account_type = 'contract'
),
sent as (
  select
    t."from" as deposit,
    count(*) as transfers,
    count(case when e.address is not null then 1 end) as to_exchanges
  from free_transfers as t
  left join exchanges as e on e.address = t."to"
  group by t."from"
),
senders as (
  select t."to" as deposit, count(distinct t."from") as wallets
  from free_transfers as t
  group by t."to"
),
deposits as (
  select s.deposit
  from sent as s
  join wallet_numbers as w on w.wallet = s.deposit
  join senders as u on u.deposit = s.deposit
  where s.transfers = s.to_exchanges and not w.is_party and u.wallets <= $most_users
    and not exists (select 1 from labelled as l where l.address = s.deposit)
    and not exists (select 1 from contracts as c where c.address = s.deposit)
),
forwarded as (
  select distinct a."from" as wallet, a."to" as deposit
  from free_transfers as a
  join deposits as d on d.deposit = a."to"
  join free_transfers as b
    on b."from" = a."to" and b.chain = a.chain and b.asset = a.asset
    and b."timestamp" >= a."timestamp" and b."timestamp" - a."timestamp" <= $most_ms
    and b.amount <= a.amount
    and a.amount - b.amount <= case when a.is_native then $most_loss else cast(a.amount as hugeint) // $loss_parts end
  where not exists (select 1 from exchanges as e where e.address = a."from")
)
select w.wallet_index, d.wallet_index as deposit_index
from forwarded as f
join wallet_numbers as w on w.wallet = f.wallet
join wallet_numbers as d on d.wallet = f.deposit
order by d.wallet_index, w.wallet_index
