-- Grain: one wallet that takes part in the usage of one protocol on one chain, as an EVM address.
-- Inputs: usage_events, payments. Parameters: protocol, chain.
-- NULL parties are unknown and give no row; the zero address is nobody's wallet.
with parties as (
  select consumer as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select provider as wallet from usage_events where protocol = $protocol and chain = $chain
  union
  select "from" as wallet from payments where protocol = $protocol and chain = $chain
  union
  select "to" as wallet from payments where protocol = $protocol and chain = $chain
)
select wallet
from parties
where wallet like '0x%' and length(wallet) = 42 and wallet <> '0x0000000000000000000000000000000000000000'
order by wallet
