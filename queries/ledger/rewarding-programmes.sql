-- Grain: one programme that paid a reward, in the order of programme_index of programme-rewards. Inputs: rewards.
select distinct r.protocol, r.programme
from rewards as r
order by r.protocol, r.programme
