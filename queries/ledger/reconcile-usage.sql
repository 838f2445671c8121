-- Grain: one usage of one protocol on one chain. Inputs: usage (materialized).
select u.*
from usage as u
where u.protocol = $protocol and u.chain = $chain
