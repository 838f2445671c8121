const numbers = [
  'kind',
  'chain',
  /** Since the market opened. */
  'block',
  /** Number in its block of the first log; −1: none. */
  'log',
  'from',
  'to',
  /** Number of the usage; −1: the move is for none. */
  'usage',
  /** Name of the service, or epoch of a reward. */
  'service',
  'units',
  /** What was asked; −1: nothing that was ever asked before. */
  'payload',
  'sender',
  /** 1: the operators disclosed it as a test. */
  'disclosed',
  'level',
  /** Names; −1: none. */
  'adversary',
  'control',
] as const
type NumberColumn = (typeof numbers)[number]

/** One entry of a tape. Wallets and names are numbers of the recorder; the amount is in the smallest unit of its asset. */
export type Entry = { readonly [column in NumberColumn]: number } & { readonly amount: bigint }

/** Every move of a market in the order in which it was written, column by column; only the first `size` rows count. */
export type Tape = { readonly size: number; readonly amount: BigInt64Array } & {
  readonly [column in NumberColumn]: Int32Array
}

export const tapeColumns: readonly NumberColumn[] = numbers
const MOST = 2n ** 63n - 1n

/** A tape that grows: 70 bytes a move, no object kept for any. */
export function openTape() {
  let room = 1024
  let size = 0
  let amount = new BigInt64Array(room)
  const columns = Object.fromEntries(numbers.map((name) => [name, new Int32Array(room)])) as {
    [column in NumberColumn]: Int32Array
  }
  const grow = () => {
    room *= 2
    for (const name of numbers) {
      const wider = new Int32Array(room)
      wider.set(columns[name])
      columns[name] = wider
    }
    const wider = new BigInt64Array(room)
    wider.set(amount)
    amount = wider
  }
  return {
    write(entry: Entry): number {
      if (entry.amount < 0n || entry.amount > MOST) throw new RangeError(`${entry.amount} does not fit the tape`)
      if (size === room) grow()
      for (const name of numbers) columns[name][size] = entry[name]
      amount[size] = entry.amount
      return size++
    },
    set(move: number, column: NumberColumn, value: number): void {
      columns[column][move] = value
    },
    read: (): Tape => ({ size, amount, ...columns }),
  }
}

/** Numbers of the moves in order of time, then of writing. */
export function inOrderOfTime({ size, block }: Pick<Tape, 'size' | 'block'>): Int32Array {
  const keys = new Float64Array(size)
  const step = 2 ** 28
  for (let i = 0; i < size; i++) keys[i] = (block[i] as number) * step + i
  return Int32Array.from(keys.sort(), (key) => key % step)
}
