-- Grain: one row: how many counted usages have a payer and a payee. Inputs: counted_usage.
select count(*) as payments
from counted_usage as c
where c.payer is not null and c.payee is not null
