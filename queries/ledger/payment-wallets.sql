-- Grain: one party of counted usage, in the order of its number in payment_edges. Inputs: counted_usage.
select p.wallet
from (
  select c.payer as wallet from counted_usage as c where c.payer is not null
  union
  select c.payee as wallet from counted_usage as c where c.payee is not null
) as p
order by p.wallet
