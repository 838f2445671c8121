-- Grain: one row. Inputs: settlements, counted_usage.
-- unsettled_usages: counted usages with an amount for which the ledger holds no transfer of their own.
select
  (select count(*) from (select distinct chain, tx_hash, log_index, trace_path from settlements) as s) as settled_transfers,
  (
    select count(*)
    from counted_usage as c
    where c.gross is not null and not exists (
      select 1 from settlements as s
      where s.chain = c.chain and s.usage_id = c.usage_id and (s.protocol is null or s.protocol = c.protocol)
    )
  ) as unsettled_usages
