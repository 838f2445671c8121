-- Grain: one transfer, for looking at a ledger whole. Inputs: transfers.
select t.*
from transfers as t
order by t.chain, t.tx_hash, t.log_index, t.trace_path
