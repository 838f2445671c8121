-- Grain: one claim of a protocol about itself. Inputs: claims.
select c.protocol, c.metric, c."value", c.url, c.quote, c."date"
from claims as c
order by c.protocol, c.metric, c.url, c."date"
