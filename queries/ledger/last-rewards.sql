-- Grain: one party of counted usage that was rewarded, or that a reward was for. Inputs: rewards, wallet_numbers.
-- last_at: UTC ms of its last reward.
with rewarded as (
  select r.recipient as wallet, r."timestamp" from rewards as r
  union all
  select r.subject as wallet, r."timestamp" from rewards as r where r.subject is not null
)
select w.wallet_index, max(r."timestamp") as last_at
from rewarded as r
join wallet_numbers as w on w.wallet = r.wallet
where w.is_party
group by w.wallet_index
order by w.wallet_index
