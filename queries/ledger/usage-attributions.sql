-- Grain: one counted usage of which some event names a party by another way than its own log, in the order of usage_index.
-- Inputs: counted_usage, usage_events. Each way is 1 where it was used.
select
  c.usage_index,
  cast(max(case when e.attribution = 'same-tx' then 1 else 0 end) as integer) as same_tx,
  cast(max(case when e.attribution = 'view-call' then 1 else 0 end) as integer) as view_call,
  cast(max(case when e.attribution = 'price-match' then 1 else 0 end) as integer) as price_match,
  cast(max(case when e.attribution = 'declared' then 1 else 0 end) as integer) as declared
from counted_usage as c
join usage_events as e on e.protocol = c.protocol and e.chain = c.chain and e.usage_id = c.usage_id
where e.attribution <> 'event'
group by c.usage_index
order by c.usage_index
