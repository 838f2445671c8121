-- Grain: one wallet that is labelled as a service through which the value of many people passes. Inputs: labels, wallet_numbers.
select distinct w.wallet_index
from labels as l
join wallet_numbers as w on w.wallet = l.address
where l.kind in ('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender')
order by w.wallet_index
