-- Grain: one finding between two wallets with counted usages the other way. Inputs: counted_usage, asked_pairs (finding, payer, payee).
select l.finding, count(*) as payments
from asked_pairs as l
join counted_usage as c on c.payer = l.payee and c.payee = l.payer
group by l.finding
order by l.finding
