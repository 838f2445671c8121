-- Grain: one protocol with counted usage. Inputs: counted_usage.
select distinct c.protocol
from counted_usage as c
order by c.protocol
