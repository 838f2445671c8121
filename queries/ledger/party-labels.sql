-- Grain: one label of a party of counted usage. Inputs: labels, wallet_numbers.
-- NULL: name, where the source gives none.
select distinct w.wallet_index, l.kind, l.name, l.source
from labels as l
join wallet_numbers as w on w.wallet = l.address
where w.is_party
order by w.wallet_index, l.kind, l.name, l.source
