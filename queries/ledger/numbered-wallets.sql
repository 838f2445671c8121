-- Grain: one wallet, in the order of its number. Inputs: wallet_numbers.
select w.wallet
from wallet_numbers as w
order by w.wallet_index
