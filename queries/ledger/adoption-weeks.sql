-- Grain: one week of one protocol, in order. Inputs: user_weeks. Parameters: margin (the target over this is the margin).
-- once: consumers with a single usage in the week. reached: at or above their target; bare: above it by the margin at most.
-- Units as halves of base 10^18; NULL where no usage says how many.
select
  w.protocol, w.week,
  count(case when w.usages > 0 then 1 end) as users,
  sum(w.usages) as usages,
  sum(w.units_high) as units_high,
  sum(w.units_low) as units_low,
  count(case when w.usages = 1 then 1 end) as once_users,
  sum(case when w.usages = 1 then w.units_high end) as once_high,
  sum(case when w.usages = 1 then w.units_low end) as once_low,
  count(w.target) as aimed_users,
  count(case when w.units >= w.target then 1 end) as reached_users,
  count(case when w.units >= w.target and w.units - w.target <= cast(w.target as hugeint) // $margin then 1 end) as bare_users,
  sum(case when w.units >= w.target and w.units - w.target <= cast(w.target as hugeint) // $margin then w.units_high end) as bare_high,
  sum(case when w.units >= w.target and w.units - w.target <= cast(w.target as hugeint) // $margin then w.units_low end) as bare_low
from user_weeks as w
group by w.protocol, w.week
order by w.protocol, w.week
