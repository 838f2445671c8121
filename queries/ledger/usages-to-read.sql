-- Grain: one usage of one protocol on one chain, as a view call about it needs it. Inputs: usage.
-- Parameters: protocol, chain. NULL: not known.
select u.usage_id, u.consumer, u.provider, u.payer, u.payee, u.service, u.asset, u.status
from "usage" as u
where u.protocol = $protocol and u.chain = $chain
order by u.usage_id
