/** A column that is −1 where a move has nothing for it. */
const optional = ['usage', 'service', 'payload', 'sender', 'adversary', 'control'] as const
export const tapeColumns = [
  'kind',
  'chain',
  'block',
  'log',
  'from',
  'to',
  'units',
  'disclosed',
  'level',
  ...optional,
] as const

/** Numbers of wallets and names are those of the recorder. */
type Columns = {
  /** In the smallest unit of its asset. */
  amount: BigInt64Array
  /** Number in `moveKinds`. */
  kind: Int32Array
  /** Number in `CHAINS`. */
  chain: Int32Array
  /** Since the market opened. */
  block: Int32Array
  /** Number in its block of the first log; −1: none. */
  log: Int32Array
  from: Int32Array
  to: Int32Array
  usage: Int32Array
  /** Name of the service, or epoch of a reward. */
  service: Int32Array
  units: Int32Array
  /** What was asked; −1: nothing that was ever asked before. */
  payload: Int32Array
  sender: Int32Array
  /** 1: the operators disclosed it as a test. */
  disclosed: Int32Array
  /** Number in `levels`. */
  level: Int32Array
  adversary: Int32Array
  control: Int32Array
}

/** Every move of a market in the order in which it was written, column by column; only the first `size` rows count. */
export type Tape = { readonly size: number } & Readonly<Columns>

/** A tape that grows: 68 bytes a move, and no object is kept for any. */
export function openTape() {
  let room = 0
  let size = 0
  const columns = { amount: new BigInt64Array(0) } as Columns
  for (const name of tapeColumns) columns[name] = new Int32Array(0)
  const grow = () => {
    const before = room
    room = Math.max(1024, 2 * room)
    const amount = new BigInt64Array(room)
    amount.set(columns.amount)
    columns.amount = amount
    for (const name of tapeColumns) {
      const wider = new Int32Array(room)
      wider.set(columns[name])
      if (optional.some((one) => one === name)) wider.fill(-1, before)
      columns[name] = wider
    }
  }
  return {
    /** Arrays change as the tape grows; ask for them after `append`. */
    columns,
    /** Number of a new move, all of whose columns are empty. */
    append(): number {
      if (size === room) grow()
      return size++
    },
    read: (): Tape => ({ size, ...columns }),
  }
}

/** Numbers of the moves in order of time, then of writing. */
export function inOrderOfTime({ size, block }: Pick<Tape, 'size' | 'block'>): Int32Array {
  const keys = new Float64Array(size)
  const step = 2 ** 28
  for (let i = 0; i < size; i++) keys[i] = (block[i] as number) * step + i
  return Int32Array.from(keys.sort(), (key) => key % step)
}
