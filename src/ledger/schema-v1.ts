/** Name of the table by which a DuckDB file is known to be a ledger. */
export const MARKER = 'washboard_ledger'

/**
 * The tables of schema version 1, as they were; later versions alter them. Naming the compression of long texts that
 * hardly repeat spares DuckDB the trial of dictionaries, which is most of the cost of writing them
 * (`npm run bench:import`).
 */
export const schemaV1: readonly string[] = [
  `create table "usage_events" (
    "chain" varchar not null,
    "tx_hash" varchar not null,
    "log_index" bigint not null,
    "sub_index" bigint not null,
    "kind" enum('requested', 'priced', 'funded', 'delivered', 'settled', 'refunded', 'rejected', 'expired', 'reused', 'feedback', 'feedback-revoked', 'read') not null,
    "protocol" varchar not null,
    "usage_id" varchar not null using compression 'zstd',
    "block_number" bigint,
    "timestamp" bigint not null,
    "consumer" varchar,
    "provider" varchar,
    "evaluator" varchar,
    "tx_from" varchar,
    "service" varchar,
    "units" decimal(38,0),
    "expected_units" decimal(38,0),
    "unit_kind" varchar,
    "payload_hash" varchar,
    "attribution" enum('event', 'same-tx', 'view-call', 'price-match', 'declared') not null,
    "class" enum('ordinary', 'operator-test', 'rule-required') not null,
    "source" varchar not null
  )`,
  `create table "payments" (
    "chain" varchar not null,
    "tx_hash" varchar not null,
    "log_index" bigint not null,
    "sub_index" bigint not null,
    "event_kind" enum('requested', 'priced', 'funded', 'delivered', 'settled', 'refunded', 'rejected', 'expired', 'reused', 'feedback', 'feedback-revoked', 'read') not null,
    "leg" bigint not null,
    "protocol" varchar not null,
    "usage_id" varchar not null using compression 'zstd',
    "block_number" bigint,
    "timestamp" bigint not null,
    "from" varchar,
    "to" varchar,
    "asset" varchar,
    "amount" decimal(38,0),
    "expected_amount" decimal(38,0),
    "kind" enum('price', 'net', 'platform-fee', 'evaluator-fee', 'provider-fee', 'refund', 'principal', 'stake', 'stake-return', 'subsidy') not null,
    "source" varchar not null
  )`,
  `create table "transfers" (
    "chain" varchar not null,
    "tx_hash" varchar not null,
    "log_index" bigint not null,
    "trace_path" varchar not null,
    "block_number" bigint,
    "timestamp" bigint,
    "from" varchar not null,
    "to" varchar not null,
    "asset" varchar,
    "amount" decimal(38,0),
    "token_id" varchar,
    "n" bigint not null,
    "kind" enum('native', 'erc20', 'erc721', 'internal', 'bridge') not null,
    "usage_id" varchar using compression 'zstd',
    "source" varchar not null
  )`,
  `create table "rewards" (
    "chain" varchar not null,
    "tx_hash" varchar not null,
    "log_index" bigint not null,
    "sub_index" bigint not null,
    "protocol" varchar not null,
    "programme" varchar not null,
    "block_number" bigint,
    "timestamp" bigint not null,
    "recipient" varchar not null,
    "subject" varchar,
    "asset" varchar,
    "amount" decimal(38,0),
    "epoch" varchar,
    "basis" varchar,
    "source" varchar not null
  )`,
  `create table "labels" (
    "address" varchar not null,
    "chain" varchar,
    "kind" enum('exchange', 'deposit', 'bridge', 'faucet', 'relayer', 'bundler', 'paymaster', 'facilitator', 'router', 'mixer', 'multisender', 'team', 'operator-test', 'attested', 'contract') not null,
    "name" varchar,
    "source" varchar not null,
    "as_of" varchar
  )`,
  `create table "links" (
    "chain" varchar not null,
    "subject" varchar not null,
    "object" varchar not null,
    "kind" enum('owner', 'signer', 'operator', 'delegate', 'member') not null,
    "from_block" bigint,
    "to_block" bigint,
    "source" varchar not null
  )`,
  `create table "wallets" (
    "chain" varchar not null,
    "address" varchar not null,
    "created" bigint,
    "account_type" varchar,
    "code_hash" varchar,
    "source" varchar not null
  )`,
  `create table "assets" (
    "chain" varchar not null,
    "asset" varchar not null,
    "symbol" varchar,
    "decimals" bigint,
    "declared" boolean not null,
    "peg" varchar,
    "source" varchar not null
  )`,
  `create table "protocols" (
    "protocol" varchar not null,
    "adapter_version" bigint not null,
    "metric_statuses" varchar not null,
    "metric_time" varchar not null,
    "unit_kind" varchar,
    "source" varchar not null
  )`,
  `create table "programmes" (
    "protocol" varchar not null,
    "programme" varchar not null,
    "chain" varchar,
    "counted" varchar,
    "rank_cut" bigint,
    "visibility" varchar,
    "url" varchar,
    "source" varchar not null
  )`,
  `create table "windows" (
    "protocol" varchar not null,
    "programme" varchar not null,
    "subject" varchar not null,
    "from_time" bigint not null,
    "to_time" bigint not null,
    "counted" decimal(38,0),
    "target" decimal(38,0),
    "reward" decimal(38,0),
    "source" varchar not null
  )`,
  `create table "claims" (
    "protocol" varchar not null,
    "metric" varchar not null,
    "value" varchar,
    "from_time" bigint,
    "to_time" bigint,
    "url" varchar not null,
    "quote" varchar,
    "date" varchar not null,
    "source" varchar not null
  )`,
  `create table "coverage" (
    "source" varchar not null,
    "protocol" varchar not null,
    "chain" varchar not null,
    "table_name" varchar not null,
    "from_block" bigint,
    "to_block" bigint,
    "from_hash" varchar,
    "to_hash" varchar,
    "from_time" bigint,
    "to_time" bigint,
    "spec" varchar not null,
    "method" varchar not null,
    "rows" bigint not null
  )`,
  `create table "rejects" (
    "source" varchar not null,
    "table_name" varchar not null,
    "position" varchar not null,
    "reason" varchar not null,
    "raw" varchar not null
  )`,
]
