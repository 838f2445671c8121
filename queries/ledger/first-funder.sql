-- Grain: one wallet that is asked for, with the sender of the first native transfer that reached it.
-- Inputs: asked_wallets (wallet), transfers. NULL is not in the result: a wallet without such a transfer has no row.
with inbound as (
  select
    t."to" as wallet, t."from" as funder, t.chain, t.tx_hash, t."timestamp",
    row_number() over (
      partition by t."to"
      order by t."timestamp", coalesce(t.block_number, -1), t.chain, t.tx_hash, t.log_index, t.trace_path
    ) as place
  from transfers as t
  join asked_wallets as p on p.wallet = t."to"
  where t.kind in ('native', 'internal') and t."timestamp" is not null and t."from" <> t."to"
    and (t.amount is null or t.amount > 0)
)
select i.wallet, i.funder, i.chain, i.tx_hash, i."timestamp"
from inbound as i
where i.place = 1
order by i.wallet
