-- Grain: one row. Inputs: pair_transfers, counted_usage. The three counts of transfers from a payee to its own payer.
select
  count(*) as any_time,
  coalesce(sum(case when t.is_later then 1 else 0 end), 0) as after_payment,
  coalesce(sum(case when t.is_later and not t.is_settlement then 1 else 0 end), 0) as excluding_settlements,
  coalesce(sum(case when t.is_later and not t.is_settlement and exists (
    select 1 from counted_usage as c
    where c.payer = t.payer and c.payee = t.payee and c.chain = t.chain and c.asset = t.asset
  ) then 1 else 0 end), 0) as same_asset
from pair_transfers as t
