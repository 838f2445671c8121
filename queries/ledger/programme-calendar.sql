-- Grain: one programme of a network whose usage is audited. Inputs: programmes, counted_usage.
-- NULL: what no source says.
select p.protocol, p.programme, p.chain, p.counted, p.rank_cut, p.visibility, p.url
from programmes as p
where exists (select 1 from counted_usage as c where c.protocol = p.protocol)
order by p.protocol, p.programme
