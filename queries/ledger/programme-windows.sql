-- Grain: one window of one subject under a programme, subject by subject in order of time. Inputs: windows.
-- Parameters: from_time, to_time (UTC ms, half-open; NULL: no bound): windows that begin in them.
-- programme_index and subject_index: numbers from 0 in the order of programme-window-programmes and programme-window-subjects.
-- −1: a count, target or reward that is not known or is beyond 10^18.
with chosen as (
  select w.*
  from windows as w
  where ($from_time is null or w.from_time >= $from_time) and ($to_time is null or w.from_time < $to_time)
),
programmes_of as (
  select p.protocol, p.programme, row_number() over (order by p.protocol, p.programme) - 1 as programme_index
  from (select distinct c.protocol, c.programme from chosen as c) as p
),
subjects_of as (
  select s.subject, row_number() over (order by s.subject) - 1 as subject_index
  from (select distinct c.subject from chosen as c) as s
)
select
  cast(p.programme_index as integer) as programme_index,
  cast(s.subject_index as integer) as subject_index,
  c.from_time, c.to_time,
  cast(case when c.counted is null or c.counted >= 1000000000000000000 then -1 else c.counted end as bigint) as counted,
  cast(case when c.target is null or c.target >= 1000000000000000000 then -1 else c.target end as bigint) as target,
  cast(case when c.reward is null or c.reward >= 1000000000000000000 then -1 else c.reward end as bigint) as reward
from chosen as c
join programmes_of as p on p.protocol = c.protocol and p.programme = c.programme
join subjects_of as s on s.subject = c.subject
order by p.programme_index, s.subject_index, c.from_time
