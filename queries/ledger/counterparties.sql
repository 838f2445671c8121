-- Grain: one wallet that traded tokens or native currency with a wallet of one protocol and is none itself, on one chain.
-- Inputs: usage_events, payments, transfers, labels. Parameters: protocol, chain, most.
-- NULL parties give no row. Labelled services and wallets with more than `most` counterparties serve many and link nobody.
with ours as (
  select consumer as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select provider as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select "from" as wallet from payments where protocol = $protocol and chain = $chain
  union
  select "to" as wallet from payments where protocol = $protocol and chain = $chain
),
pairs as (
  select "from" as wallet, "to" as other from transfers where chain = $chain
  union
  select "to" as wallet, "from" as other from transfers where chain = $chain
),
near as (
  select p.wallet
  from pairs as p
  group by p.wallet
  having count(*) <= $most and max(case when p.other in (select wallet from ours where wallet is not null) then 1 else 0 end) = 1
)
select n.wallet
from near as n
where n.wallet like '0x%' and length(n.wallet) = 42 and n.wallet <> '0x0000000000000000000000000000000000000000'
  and n.wallet not in (select wallet from ours where wallet is not null)
  and not exists (
    select 1 from labels as l
    where l.address = n.wallet and (l.chain is null or l.chain = $chain)
      and l.kind in ('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender', 'contract')
  )
order by n.wallet
