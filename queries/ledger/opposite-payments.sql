-- Grain: one finding between two wallets with counted usages the other way. Inputs: counted_usage, listed_pairs (finding, payer, payee).
select l.finding, count(*) as payments
from listed_pairs as l
join counted_usage as c on c.payer = l.payee and c.payee = l.payer
group by l.finding
order by l.finding
