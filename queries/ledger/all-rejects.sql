-- Grain: one row that could not become a fact. Inputs: rejects.
select source, table_name, "position", reason, raw
from rejects
order by source, table_name, "position", reason, raw
