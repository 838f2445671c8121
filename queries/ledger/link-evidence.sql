-- Grain: one transfer that speaks for a link between two wallets, at most $most for each link, the earliest first.
-- Inputs: cluster_links (link_index, first_wallet, second_wallet), free_transfers, labels.
-- other: the wallet that both deal with, or one of the two where they deal with each other.
with sides as (
  select k.link_index, k.first_wallet as wallet, k.second_wallet as partner from cluster_links as k
  union all
  select k.link_index, k.second_wallet as wallet, k.first_wallet as partner from cluster_links as k
),
dealings as (
  select s.link_index, s.wallet, s.partner, t."to" as other, t.chain, t.tx_hash, t.log_index, t."timestamp", t."from", t."to"
  from sides as s
  join free_transfers as t on t."from" = s.wallet
  union all
  select s.link_index, s.wallet, s.partner, t."from" as other, t.chain, t.tx_hash, t.log_index, t."timestamp", t."from", t."to"
  from sides as s
  join free_transfers as t on t."to" = s.wallet
),
shared as (
  select d.link_index, d.other
  from dealings as d
  group by d.link_index, d.other
  having count(distinct d.wallet) = 2
),
speaking as (
  select distinct d.link_index, d.other, d.chain, d.tx_hash, d.log_index, d."timestamp", d."from", d."to"
  from dealings as d
  left join shared as h on h.link_index = d.link_index and h.other = d.other
  where h.other is not null or d.other = d.partner
),
placed as (
  select s.*,
    row_number() over (
      partition by s.link_index
      order by coalesce(s."timestamp", 9000000000000000), s.chain, s.tx_hash, s.log_index, s.other, s."from", s."to"
    ) as place
  from speaking as s
)
select p.link_index, p.other, p.chain, p.tx_hash, p.log_index, p."timestamp", p."from", p."to"
from placed as p
where p.place <= $most
order by p.link_index, p.place
