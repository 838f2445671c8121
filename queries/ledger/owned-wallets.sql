-- Grain: one party that an owner holds, and the number of the owner. Inputs: links, wallet_numbers.
-- owner_index: owners from 0 in the order of their names. owner_party: the number of the owner where it is a party, else -1.
with owned as (
  select distinct k.subject, k.object
  from links as k
  where k.kind = 'owner'
)
select
  w.wallet_index,
  cast(dense_rank() over (order by o.object) - 1 as integer) as owner_index,
  cast(coalesce(p.wallet_index, -1) as integer) as owner_party
from owned as o
join wallet_numbers as w on w.wallet = o.subject and w.is_party
left join wallet_numbers as p on p.wallet = o.object and p.is_party
order by o.object, w.wallet_index
