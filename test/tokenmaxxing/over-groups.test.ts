import { expect, it } from 'vitest'
import { figure, overGroups, percent } from '../../src/tokenmaxxing/over-groups.ts'

const group = (name: string, pValue: number) => ({
  ...{ group: name, size: 1, pValue, statement: `${name}.` },
  effect: { name, value: 1, low: null, high: null },
})

it('speaks of the strongest group, corrected for how many there are', () => {
  const result = overGroups([group('a', 0.5), group('b', 0.01), group('c', 0.9)])
  expect(result).toMatchObject({ status: 'tested', pValue: 0.03, statement: 'b.', effect: { name: 'b' } })
  expect(result.status === 'tested' && result.groups.map(({ group }) => group)).toEqual(['b', 'a', 'c'])
  expect(overGroups([group('a', 0.6), group('b', 0.9)])).toMatchObject({ pValue: 1 })
})

it('prints shares and figures without powers of ten', () => {
  expect([0, 0.004, 0.25, -0.5].map(percent)).toEqual(['0 %', '0.4 %', '25 %', '-50 %'])
  expect([0.000059, 12345, -2.3456].map(figure)).toEqual(['0.000059', '12300', '-2.35'])
})
