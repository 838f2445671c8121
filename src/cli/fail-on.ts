import { ConfigError } from '../errors.ts'
import type { Report } from '../report/report.ts'

const EXPRESSION = /^([\w.]+)\s*(>=|<=|>|<|==)\s*(-?\d+(?:\.\d+)?)$/

/**
 * Exit code for `path op number`: 1 where it holds, 4 where the value is unavailable, else 0. The path stands under
 * `published` without that prefix, or starts at the top of the report.
 */
export function failOn(report: Report, expression: string): 0 | 1 | 4 {
  const [, path, operator, number] = EXPRESSION.exec(expression.trim()) ?? []
  if (path === undefined || operator === undefined)
    throw new ConfigError(`--fail-on cannot read ${JSON.stringify(expression)}.`, {
      fix: 'Write it as value.L0.low>0.2.',
    })
  const value = resolve(report.published, path) ?? resolve(report, path)
  if (value === undefined) {
    if (isUnavailable(report, path)) return 4
    throw new ConfigError(`The report has no value at ${path}.`, {
      fix: 'Name a number, such as value.L0.low or rejects.total.',
    })
  }
  const limit = Number(number)
  const holds = {
    '>': value > limit,
    '>=': value >= limit,
    '<': value < limit,
    '<=': value <= limit,
    '==': value === limit,
  }
  return holds[operator as keyof typeof holds] ? 1 : 0
}

function resolve(from: unknown, path: string): number | undefined {
  const value = walk(from, path)
  return typeof value === 'number' ? value : undefined
}

function isUnavailable(report: Report, path: string): boolean {
  const parent = path.split('.').slice(0, -1).join('.')
  const holder = walk(report.published, parent) ?? walk(report, parent)
  return typeof holder === 'object' && holder !== null && 'status' in holder && holder.status === 'unavailable'
}

function walk(from: unknown, path: string): unknown {
  let value = from
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as { readonly [key: string]: unknown })[step]
  }
  return value
}
