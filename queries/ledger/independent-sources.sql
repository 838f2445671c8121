-- Grain: one wallet whose money has an owner that somebody outside the market knows, by label. Inputs: labels, wallet_numbers.
-- Faucets, paymasters, relayers and mixers give to anybody without knowing whom, and are not among them.
select distinct w.wallet_index
from labels as l
join wallet_numbers as w on w.wallet = l.address
where l.kind in ('exchange', 'bridge', 'attested')
order by w.wallet_index
