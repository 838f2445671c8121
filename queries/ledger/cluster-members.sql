-- Grain: one member of one cluster. Inputs: cluster_members (cluster_index, cluster, member).
select m.cluster_index, m.cluster, m."member"
from cluster_members as m
order by m.cluster_index, m."member"
