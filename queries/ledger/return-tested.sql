-- Grain: one row: how many counted payments could have come back: two known wallets, neither labelled as a service.
-- Inputs: counted_usage, labels.
with services as (
  select distinct l.address
  from labels as l
  where l.kind in ('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender')
)
select count(*) as payments
from counted_usage as c
where not c.is_self and c.payer is not null and c.payee is not null
  and not exists (select 1 from services as s where s.address = c.payer)
  and not exists (select 1 from services as s where s.address = c.payee)
