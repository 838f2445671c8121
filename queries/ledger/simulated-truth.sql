-- Grain: one simulated usage, or one simulated wallet, as it really was. Inputs: simulated_moves, simulated_wallets,
-- simulated_names, simulated_levels, payments and usage_events of the simulation. Parameters: settled and used, the numbers
-- of these kinds of move.
-- NULL: payee_entity, level, asset, amount and units of a wallet; asset and amount of a usage that nobody paid for;
-- adversary and control where it is of none.
select
  'usage' as subject, e.chain, e.usage_id as id, f.entity, t.entity as payee_entity, l.label as level,
  a.label as adversary, c.label as control, p.asset, p.amount, e.units
from usage_events as e
join simulated_moves as m on m.usage = cast(split_part(e.usage_id, '-', 3) as integer)
join simulated_wallets as f on f.wallet = m."from"
join simulated_wallets as t on t.wallet = m."to"
join simulated_levels as l on l.level = m.level
left join payments as p on p.usage_id = e.usage_id and p.kind = 'price'
left join simulated_names as a on a.name = m.adversary
left join simulated_names as c on c.name = m.control
where e.kind in ('settled', 'delivered') and m.kind in ($settled, $used)
union all
select
  'wallet' as subject, null as chain, w.address as id, w.entity, null as payee_entity, null as level,
  null as adversary, null as control, null as asset, null as amount, null as units
from simulated_wallets as w
order by subject, chain, id
