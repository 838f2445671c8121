-- Grain: one entity that pays, the strongest evidence first. Inputs: entity_scores (kept by the audit).
-- Evidence in millionths of a nat, posterior and the share of payments to itself (own) in millionths. named: it passes the gate. certified: it is organic.
select
  s.entity, s.wallets, s.payments, s.micronats, s.posterior_ppm, s.own_ppm, s.families,
  s.named = 1 as named, s.certified = 1 as certified
from entity_scores as s
order by s.micronats desc, s.entity
