-- Grain: one coverage row of transfers that tells its times. Inputs: coverage.
select c.source, c.spec, c.chain, c.from_block, c.to_block, c.from_time, c.to_time, c.method
from coverage as c
where c.table_name = 'transfers' and c.from_time is not null and c.to_time is not null
order by c.chain, c.source, c.spec, c.from_block, c.from_time
