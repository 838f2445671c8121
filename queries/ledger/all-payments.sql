-- Grain: one leg of a payment. Inputs: payments. For looking at a ledger whole; large ones belong in Parquet.
select * from payments
order by chain, tx_hash, log_index, sub_index, event_kind, leg
