-- Grain: one covered range. Inputs: coverage. NULL blocks: the rows of a file.
select c.source, c.protocol, c.chain, c.table_name, c.from_block, c.to_block, c.from_hash, c.to_hash, c.from_time, c.to_time, c.spec, c.method, c."rows", c.checked
from coverage as c
order by c.source, c.protocol, c.chain, c.table_name, c.spec, c.from_block, c.from_time, c.to_block, c.to_time, c.method
