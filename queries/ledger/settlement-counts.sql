-- Grain: one row. Inputs: settlements, counted_usage.
-- unsettled_usages: counted usages with an amount for which the ledger holds no transfer of their own.
select
  (select count(*) from settlements) as settled_transfers,
  (
    select count(*)
    from counted_usage as c
    left join (select distinct protocol, chain, usage_id from settlements where protocol is not null) as s
      on s.protocol = c.protocol and s.chain = c.chain and s.usage_id = c.usage_id
    left join (select distinct chain, usage_id from settlements where protocol is null) as d
      on d.chain = c.chain and d.usage_id = c.usage_id
    where c.gross is not null and s.usage_id is null and d.usage_id is null
  ) as unsettled_usages
