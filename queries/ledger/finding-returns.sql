-- Grain: one return of a finding, in any asset, numbered within it by time: place.
-- Inputs: pair_transfers, returned (finding, transfer_index), matched (usage_index, transfer_index, finding, amount).
-- Parameters: findings (how many of the first), most (returns a finding). matched: what of it repays payments; 0 where its asset was not paid in.
with repaid as (
  select m.transfer_index, sum(m.amount) as matched
  from matched as m
  group by m.transfer_index
),
placed as (
  select
    r.finding, t.transfer_index, t.chain, t.tx_hash, t.log_index, t.trace_path, t."timestamp" as returned_at,
    t.payer, t.payee, t.asset, t.amount, cast(coalesce(p.matched, 0) as decimal(38,0)) as matched,
    row_number() over (
      partition by r.finding
      order by t."timestamp", t.chain, t.tx_hash, t.log_index, t.trace_path
    ) as place
  from returned as r
  join pair_transfers as t on t.transfer_index = r.transfer_index
  left join repaid as p on p.transfer_index = r.transfer_index
)
select p.*
from placed as p
where p.place <= $most and p.finding < $findings
order by p.finding, p.place
