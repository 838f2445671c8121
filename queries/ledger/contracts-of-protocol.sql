-- Grain: one contract that a protocol's factories announced on one chain. Inputs: labels.
-- Parameters: chain, source (`protocol:<id>`, under which `collect` labels what it discovers).
-- A name is never NULL here: `collect` writes `<protocol>:<role>` and the asset, where there is one.
select address, name
from labels
where kind = 'contract' and chain = $chain and source = $source and name is not null
order by address
