-- Grain: one counted usage that the network's operators disclose as a test or that its rules demand. Inputs: counted_usage.
select c.usage_index, cast(c.class = 'operator-test' as integer) as is_test
from counted_usage as c
where c.class in ('operator-test', 'rule-required')
order by c.usage_index
