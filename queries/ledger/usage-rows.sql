-- Grain: one usage, for looking at a ledger whole. Inputs: usage.
select u.*
from "usage" as u
order by u.protocol, u.chain, u.usage_id
