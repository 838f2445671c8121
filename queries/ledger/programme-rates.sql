-- Grain: one term of a programme over a time. Inputs: rates. NULL: without limit (value), not ended (to_time).
select r.protocol, r.programme, r.metric, r.value, r.from_time, r.to_time, r.url
from rates as r
order by r.protocol, r.programme, r.metric, r.from_time
