import { readdirSync } from 'node:fs'
import { type FieldNode, type OperationDefinitionNode, parse, print } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/errors.ts'
import { protocols } from '../../../src/protocols/index.ts'
import type { AnyProtocol } from '../../../src/protocols/protocol.ts'
import { SourceError } from '../../../src/sources/source.ts'
import { checkSchema, documentText, operationsOf } from '../../../src/sources/subgraph/document.ts'
import { graphNodeSchema } from '../../support/graphql-server.ts'

const folder = new URL('../../../queries/subgraph/', import.meta.url)
const documents = readdirSync(folder).map((name) => name.replace(/\.graphql$/, ''))
const declared = (protocols as readonly AnyProtocol[]).flatMap(({ subgraph }) => subgraph ?? [])

/** Arguments of a field as one line without spaces. */
const argumentsOf = (field: FieldNode) =>
  Object.fromEntries((field.arguments ?? []).map(({ name, value }) => [name.value, print(value).replace(/\s/g, '')]))

describe.each(documents)('queries/subgraph/%s.graphql', (name) => {
  const operations = parse(documentText(name)).definitions as OperationDefinitionNode[]

  it('is declared by a protocol, which says of each field what it gives', () => {
    const subgraph = declared.find(({ document }) => document === name)
    expect(operationsOf(documentText(name)).map(({ field }) => field)).toEqual(Object.keys(subgraph?.entities ?? {}))
  })

  it.each(operations.map((operation) => [operation.name?.value, operation] as const))(
    '%s asks for one field by id, whole pages, in a window, at a block by its hash, and for what to check',
    (_, operation) => {
      const [meta, paged, ...others] = operation.selectionSet.selections as FieldNode[]
      expect(others).toEqual([])
      expect(argumentsOf(meta!)).toEqual({ block: '{hash:$block}' })
      expect(print(meta!.selectionSet!).replace(/\s+/g, ' ')).toBe(
        '{ deployment hasIndexingErrors block { number hash } }',
      )
      expect(argumentsOf(paged!)).toEqual({
        first: '1000',
        block: '{hash:$block}',
        orderBy: 'id',
        orderDirection: 'asc',
        where: '{id_gt:$after,blockNumber_gte:$from,blockNumber_lte:$to}',
      })
      expect(print(paged!.selectionSet!)).toMatch(/\bid\b[\s\S]*\bblockNumber\b/)
    },
  )
})

describe('the schema of a subgraph', () => {
  const text = documentText('olas-marketplace')

  it('recorded from graph-node has all that is asked for', () => {
    expect(() => checkSchema('eip155:100', text, graphNodeSchema)).not.toThrow()
  })

  it.each([
    ['blockNumber', /Cannot query field "blockNumber" on type "MarketplaceRequest"/],
    ['deliveryRate', /Cannot query field "deliveryRate" on type "DeliverForMarketplace"/],
    ['marketplaceDeliveries', /Cannot query field "marketplaceDeliveries" on type "Query"/],
    ['blockNumber_gte', /Field "blockNumber_gte" is not defined by type "MarketplaceRequest_filter"/],
  ])('is refused without %s, by name', (name, message) => {
    const changed = JSON.parse(JSON.stringify(graphNodeSchema).replaceAll(`"${name}"`, '"somethingElse"'))
    expect(() => checkSchema('eip155:100', text, changed)).toThrow(ConfigError)
    expect(() => checkSchema('eip155:100', text, changed)).toThrow(message)
  })

  it('that is none is refused as a strange answer', () => {
    expect(() => checkSchema('eip155:100', text, { hello: 'world' })).toThrow(SourceError)
  })
})

describe('the document of a network of one’s own', () => {
  it('stands in a file, or is the text itself', () => {
    const ours = new URL('olas-marketplace.graphql', folder)
    expect(documentText(ours)).toBe(documentText('olas-marketplace'))
    expect(documentText({ text: '{ a { id } }' })).toBe('{ a { id } }')
  })

  it('is named where it cannot be read', () => {
    expect(() => documentText(new URL('none.graphql', folder))).toThrow(
      /^The query file:.*none\.graphql cannot be read\.\n\nFix: Correct the `document`/,
    )
  })
})
