/**
 * What a text of a file must look like to become a value, as SQL. `x` is always a VARCHAR expression.
 * A check gives the value and the reason why there is none; exactly one of the two is null in a row that counts.
 */
export type Check = { readonly value: string; readonly reason: string }

/** How one expression is to be read. `evm` is an SQL condition: whether the row stands on an EVM chain. */
export type Expression = { readonly sql: string; readonly integer: boolean }

const ADDRESS = "'0[xX][0-9a-fA-F]{40}'"
const HASH = "'0[xX][0-9a-fA-F]{64}'"
/** Two spellings of the chain's own currency that are not token contracts. */
const NATIVE = "('native', '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', '0x0000000000000000000000000000000000000000')"

const filled = (x: string) => `(${x} is not null and ${x} <> '')`

/** A wallet or another actor: an address on EVM chains, any text elsewhere. */
export function party(column: string, { sql: x }: Expression, required: boolean, evm: string): Check {
  return {
    value: `case when ${evm} then lower(${x}) else nullif(${x}, '') end`,
    reason: cases(`${evm} and regexp_full_match(${x}, ${ADDRESS})`, [
      required ? [`not ${filled(x)}`, `${column} is missing`] : null,
      [`${evm} and ${filled(x)}`, `${column} is not an address`],
    ]),
  }
}

export function hash(column: string, { sql: x }: Expression, evm: string): Check {
  return {
    value: `case when ${evm} then lower(${x}) else ${x} end`,
    reason: cases(`${evm} and regexp_full_match(${x}, ${HASH})`, [
      [`not ${filled(x)}`, `${column} is missing`],
      [evm, `${column} is not a transaction hash`],
    ]),
  }
}

export function asset(column: string, { sql: x }: Expression, evm: string): Check {
  return {
    value: `case when ${evm} and lower(${x}) in ${NATIVE} then 'native' when ${evm} then lower(${x}) else nullif(${x}, '') end`,
    reason: cases(`regexp_full_match(${x}, ${ADDRESS}) or lower(${x}) = 'native'`, [
      [`${evm} and ${filled(x)}`, `${column} is not an address`],
    ]),
  }
}

/** A whole number of the smallest unit. Texts pass through HUGEINT: DuckDB casts VARCHAR to DECIMAL a hundred times slower. */
export function rawAmount(column: string, { sql: x, integer }: Expression): Check {
  if (integer)
    return {
      value: `case when ${x} >= 0 then cast(${x} as decimal(38,0)) end`,
      reason: cases(`${x} >= 0`, [[`${x} < 0`, `${column} is negative`]]),
    }
  return {
    value: `case when regexp_full_match(${x}, '[0-9]{1,38}') then cast(cast(${x} as hugeint) as decimal(38,0)) end`,
    reason: cases(`regexp_full_match(${x}, '[0-9]{1,38}')`, [
      [`${filled(x)} and regexp_full_match(${x}, '-[0-9.]+')`, `${column} is negative`],
      [`${filled(x)} and regexp_full_match(${x}, '[0-9]{39,}')`, `${column} is above 10^38 − 1`],
      [`${filled(x)} and not regexp_full_match(${x}, '[0-9]+')`, `${column} is not a whole number`],
    ]),
  }
}

/** A decimal number of whole units, multiplied exactly: digits are moved as text, never as a float. */
export function unitAmount(column: string, { sql }: Expression, decimals: string): Check {
  const text = `cast(${sql} as varchar)`
  // Thousands separators go; 2.5e-05, as spreadsheets write small amounts, is spelled out digit by digit.
  const x = `case
      when regexp_full_match(${text}, '[0-9](\\.[0-9]*)?[eE]-[0-9]{1,2}') then cast(try_cast(${text} as decimal(38,37)) as varchar)
      when regexp_full_match(${text}, '[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?') then replace(${text}, ',', '')
      else ${text} end`
  const whole = `split_part((${x}), '.', 1)`
  const fraction = `rtrim(split_part((${x}), '.', 2), '0')`
  const digits = `ltrim(${whole} || rpad(${fraction}, cast(${decimals} as integer), '0'), '0')`
  const number = `regexp_full_match((${x}), '[0-9]+(\\.[0-9]*)?')`
  return {
    value: `case when ${number} and length(${fraction}) <= ${decimals} and length(${digits}) <= 38
      then cast(cast(case when ${digits} = '' then '0' else ${digits} end as hugeint) as decimal(38,0)) end`,
    reason: cases(null, [
      [`${filled(x)} and starts_with(${x}, '-')`, `${column} is negative`],
      [`${filled(x)} and not ${number}`, `${column} is not a decimal number`],
      [`${filled(x)} and (${decimals} is null or ${decimals} not between 0 and 38)`, 'decimals are not known'],
      [`${filled(x)} and length(${fraction}) > ${decimals}`, `${column} has more digits than the asset has decimals`],
      [`${filled(x)} and length(${digits}) > 38`, `${column} is above 10^38 − 1`],
    ]),
  }
}

/** A time as UTC milliseconds. Years outside 2000–2100 mean a wrong `--time` far more often than a real event. */
export function timestamp(
  column: string,
  { sql: x, integer }: Expression,
  unit: 's' | 'ms' | 'iso',
  required: boolean,
): Check {
  const value =
    unit === 'iso'
      ? `epoch_ms(try_cast(${x} as timestamptz))`
      : `${integer ? `cast(${x} as bigint)` : `try_cast(case when regexp_full_match(${x}, '[0-9]{1,17}') then ${x} end as bigint)`}${unit === 's' ? ' * 1000' : ''}`
  const given = integer ? `${x} is not null` : filled(x)
  return {
    value,
    reason: cases(`(${value}) between 946684800000 and 4102444800000`, [
      required ? [`not (${given})`, `${column} is missing`] : null,
      [`${given} and (${value}) is null`, `${column} is not a time`],
      [given, `${column} is outside 2000–2100, check --time`],
    ]),
  }
}

export function integer(column: string, { sql: x, integer }: Expression, required: boolean): Check {
  if (integer)
    return {
      value: `cast(${x} as bigint)`,
      reason: required ? cases(null, [[`${x} is null`, `${column} is missing`]]) : 'null',
    }
  return {
    value: `try_cast(case when regexp_full_match(${x}, '-?[0-9]{1,18}') then ${x} end as bigint)`,
    reason: cases(`regexp_full_match(${x}, '-?[0-9]{1,18}')`, [
      required ? [`not ${filled(x)}`, `${column} is missing`] : null,
      [filled(x), `${column} is not a whole number`],
    ]),
  }
}

export function freeText(column: string, { sql }: Expression, required: boolean): Check {
  const x = `cast(${sql} as varchar)`
  return {
    value: `nullif(${x}, '')`,
    reason: required ? cases(null, [[`not ${filled(x)}`, `${column} is missing`]]) : 'null',
  }
}

export function choice(column: string, { sql: x }: Expression, values: readonly string[], required: boolean): Check {
  const list = values.map((value) => `'${value}'`).join(', ')
  return {
    value: `case when ${x} in (${list}) then ${x} end`,
    reason: cases(null, [
      required ? [`not ${filled(x)}`, `${column} is missing`] : null,
      [`${filled(x)} and ${x} not in (${list})`, `${column} is none of ${values.join(' ')}`],
    ]),
  }
}

export function truth(column: string, { sql }: Expression, required: boolean): Check {
  const x = `cast(${sql} as varchar)`
  return {
    value: `try_cast(${x} as boolean)`,
    reason: cases(null, [
      required ? [`not ${filled(x)}`, `${column} is missing`] : null,
      [`${filled(x)} and try_cast(${x} as boolean) is null`, `${column} is neither true nor false`],
    ]),
  }
}

/** The first reason that applies. `good` is tried before all, so that a row that counts pays for one test alone. */
function cases(good: string | null, rules: readonly (readonly [condition: string, reason: string] | null)[]): string {
  const given = rules.filter((rule) => rule !== null)
  if (given.length === 0) return 'null'
  const first = good === null ? '' : `when ${good} then null `
  return `case ${first}${given.map(([condition, reason]) => `when ${condition} then '${reason}'`).join(' ')} end`
}
