-- Grain: one table that the ledger can speak about: it was collected (even if empty), or holds rows.
-- Inputs: every table of facts, coverage.
select c.table_name from coverage as c
union select 'usage_events' as table_name where exists (select 1 from usage_events)
union select 'payments' as table_name where exists (select 1 from payments)
union select 'transfers' as table_name where exists (select 1 from transfers)
union select 'rewards' as table_name where exists (select 1 from rewards)
union select 'labels' as table_name where exists (select 1 from labels)
union select 'links' as table_name where exists (select 1 from links)
union select 'wallets' as table_name where exists (select 1 from wallets)
union select 'assets' as table_name where exists (select 1 from assets)
union select 'programmes' as table_name where exists (select 1 from programmes)
union select 'rates' as table_name where exists (select 1 from rates)
union select 'windows' as table_name where exists (select 1 from windows)
union select 'claims' as table_name where exists (select 1 from claims)
order by table_name
