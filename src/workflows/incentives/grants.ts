import type { FeatureContext } from '../../features/feature.ts'
import { parties } from '../../features/parties.ts'
import { type AssetTotal, describeAsset } from '../../features/value.ts'
import type { SqlRow, TypedColumns } from '../../ledger/ledger.ts'

/** An asset that was granted or paid; `asset` null: no record tells it. */
export type IncentiveAsset = Pick<AssetTotal, 'chain' | 'asset' | 'symbol' | 'decimals' | 'declared' | 'price'>

/** One epoch of a programme: what was granted in it, and the time whose usage it rewards. */
export type Epoch = {
  readonly programme: number
  readonly name: string
  /** UTC ms, half-open; `from` null: since ever. */
  readonly from: number | null
  readonly to: number
  readonly grants: number
  /** Grants whose amount is not known. */
  readonly unknown: number
  readonly recipients: number
}

export type GrantingProgramme = {
  readonly protocol: string
  readonly programme: string
  /** Where the grants are read from: windows that tell their reward, else records of rewards. */
  readonly basis: 'windows' | 'rewards'
  /** What its source says that it counts; null: nothing. */
  readonly counted: string | null
}

/** Everything that programmes granted, one row a grant, programme by programme in order of time. */
export type Grants = {
  readonly programmes: readonly GrantingProgramme[]
  readonly epochs: readonly Epoch[]
  readonly assets: readonly IncentiveAsset[]
  readonly epoch: Int32Array
  readonly asset: Int32Array
  /** Number of the party in the economy; −1: the recipient is no party of counted usage. */
  readonly party: Int32Array
  /** In the smallest unit of the asset; null: not known. */
  readonly amount: (row: number) => bigint | null
}

export async function readGrants({ ledger, window, prices, get }: FeatureContext): Promise<Grants> {
  // The query reads the numbers of wallets.
  await get(parties)
  await ledger.materialize('incentive-grants', { from_time: window.from, to_time: window.to })
  const rows = await ledger.rows('incentive-epochs')
  const columns = await ledger.columns('incentive-amounts')
  const programmes: GrantingProgramme[] = []
  const epochs = rows.map((row, i): Epoch => {
    const isNew = row.protocol !== rows[i - 1]?.protocol || row.programme !== rows[i - 1]?.programme
    if (isNew) programmes.push(programmeOf(row))
    return epochOf(row, programmes.length - 1)
  })
  return {
    programmes,
    epochs: programmes.flatMap(({ basis }, p) =>
      spanned(
        epochs.filter(({ programme }) => programme === p),
        basis,
      ),
    ),
    assets: (await ledger.rows('incentive-assets')).map((row) => describeAsset(row, prices)),
    epoch: columns.epoch_index as Int32Array,
    asset: columns.asset_index as Int32Array,
    party: columns.wallet_index as Int32Array,
    amount: exactAmounts(columns, 'amount'),
  }
}

function programmeOf(row: SqlRow): GrantingProgramme {
  return {
    protocol: String(row.protocol),
    programme: String(row.programme),
    basis: row.basis === 'windows' ? 'windows' : 'rewards',
    counted: row.counted === null ? null : String(row.counted),
  }
}

function epochOf(row: SqlRow, programme: number): Epoch {
  const { epoch, period, basis } = row
  const day = (ms: unknown) => new Date(Number(ms)).toISOString()
  const name =
    epoch !== null
      ? String(epoch)
      : basis === 'windows'
        ? `to ${day(period).slice(0, 16).replace('T', ' ')} UTC`
        : `week of ${day(period).slice(0, 10)}`
  return {
    ...{ programme, name, from: row.first_at === null ? null : Number(row.first_at), to: Number(row.last_at) },
    ...{ grants: Number(row.grants), unknown: Number(row.unknown), recipients: Number(row.recipients) },
  }
}

/** Without windows an epoch lasts from the payments of the one before it to its own; the first as long as the second. */
function spanned(epochs: readonly Epoch[], basis: GrantingProgramme['basis']): Epoch[] {
  if (basis === 'windows') return [...epochs]
  return epochs.map((epoch, i) => {
    const before = epochs[i - 1]
    const next = epochs[i + 1]
    return { ...epoch, from: before?.to ?? (next === undefined ? null : 2 * epoch.to - next.to) }
  })
}

const BASE = 10n ** 13n

/** Exact amounts of three columns to the base 10^13; null: not known. */
export function exactAmounts(columns: TypedColumns, name: string): (row: number) => bigint | null {
  const [a, b, c] = ['a', 'b', 'c'].map((part) => columns[`${name}_${part}`] as BigInt64Array)
  return (row) => (a![row]! < 0n ? null : (a![row]! * BASE + b![row]!) * BASE + c![row]!)
}
