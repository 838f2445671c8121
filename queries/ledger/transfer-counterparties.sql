-- Grain: one address that sent to or received from the wallets of one protocol on one chain, and is none of them.
-- Inputs: usage_events, payments, transfers, labels. Parameters: protocol, chain.
-- wallets: how many of them it dealt with. transfers: how often. is_service: a label says that it serves many people.
with parties as (
  select consumer as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select provider as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select "from" as wallet from payments where protocol = $protocol and chain = $chain
  union
  select "to" as wallet from payments where protocol = $protocol and chain = $chain
),
dealings as (
  select t."to" as counterparty, t."from" as wallet, t.n
  from transfers as t
  join parties as p on p.wallet = t."from"
  where t.chain = $chain and t.token_id is null
  union all
  select t."from" as counterparty, t."to" as wallet, t.n
  from transfers as t
  join parties as p on p.wallet = t."to"
  where t.chain = $chain and t.token_id is null
),
services as (
  select distinct l.address
  from labels as l
  where (l.chain is null or l.chain = $chain)
    and l.kind in ('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender')
)
select
  d.counterparty, count(distinct d.wallet) as wallets, cast(sum(d.n) as bigint) as transfers, s.address is not null as is_service
from dealings as d
left join services as s on s.address = d.counterparty
where d.counterparty like '0x%' and length(d.counterparty) = 42
  and d.counterparty <> '0x0000000000000000000000000000000000000000'
  and not exists (select 1 from parties as p where p.wallet = d.counterparty)
group by d.counterparty, s.address
order by d.counterparty
