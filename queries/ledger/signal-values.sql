-- Grain: what one signal with a null model measured of one entity, flagged or not.
-- Inputs: signal_values (signal_index, entity, statistic, p_value, q_value), value_signals (signal_index, signal, role), entity_wallets (entity, wallet).
-- wallet: the one that founded the entity. role: what the entity is looked at as.
select s.signal, e.wallet, s.role, v.statistic, v.p_value, v.q_value
from signal_values as v
join value_signals as s on s.signal_index = v.signal_index
join entity_wallets as e on e.entity = v.entity
order by s.signal_index, e.wallet
