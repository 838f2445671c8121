-- Grain: one (chain, asset) that counted usages were paid in. Inputs: counted_usage, assets.
-- NULL: asset or decimals not known. Amounts as halves of base 10^18; self_: the part of payments to oneself.
select
  c.chain, c.asset, a.symbol, a.decimals, a.peg, coalesce(a.declared, false) as declared,
  count(*) as usages,
  count(c.gross) as priced_usages,
  sum(case when c.gross_overflow then 1 else 0 end) as overflowing,
  coalesce(sum(cast(c.gross as hugeint) // 1000000000000000000), 0) as high,
  coalesce(sum(cast(c.gross as hugeint) % 1000000000000000000), 0) as low,
  coalesce(sum(case when c.is_self then cast(c.gross as hugeint) // 1000000000000000000 end), 0) as self_high,
  coalesce(sum(case when c.is_self then cast(c.gross as hugeint) % 1000000000000000000 end), 0) as self_low
from counted_usage as c
left join assets as a on a.chain = c.chain and a.asset = c.asset
group by c.chain, c.asset, a.symbol, a.decimals, a.peg, a.declared
order by c.chain, c.asset
