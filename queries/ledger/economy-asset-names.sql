-- Grain: one asset, in the order of its number. Inputs: economy_assets.
select a.chain, a.asset
from economy_assets as a
order by a.asset_index
