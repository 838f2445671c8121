import { readFileSync } from 'node:fs'
import {
  buildClientSchema,
  type GraphQLSchema,
  type IntrospectionQuery,
  type OperationDefinitionNode,
  parse,
  print,
  validate,
} from 'graphql'
import { ConfigError } from '../../errors.ts'
import type { Subgraph } from '../../protocols/protocol.ts'
import { strangeAnswer } from './failure.ts'

/** One question of a document, asked page by page. `field` is what it asks for, beside `_meta`. */
export type Operation = { readonly field: string; readonly text: string }

/**
 * The text of a document. One of ours stands in `queries/subgraph`; the same relative path holds in development and in the
 * published package.
 */
export function documentText(document: Subgraph['document']): string {
  if (typeof document === 'object' && 'text' in document) return document.text
  const ours = (name: string) => new URL(`../../../queries/subgraph/${name}.graphql`, import.meta.url)
  const url = typeof document === 'string' ? ours(document) : document
  try {
    return readFileSync(url, 'utf8')
  } catch (cause) {
    throw new ConfigError(`The query ${url.href} cannot be read.`, {
      fix: 'Correct the `document` of the subgraph in the file of the network.',
      cause,
    })
  }
}

/** The operations of a document in order. */
export function operationsOf(text: string): Operation[] {
  return parse(text).definitions.map((definition) => {
    const operation = definition as OperationDefinitionNode
    const fields = operation.selectionSet.selections.flatMap((node) => (node.kind === 'Field' ? node.name.value : []))
    return { field: fields.find((name) => name !== '_meta') as string, text: print(operation) }
  })
}

/** Refuses a subgraph whose schema lacks an entity or a field that the document asks for, and names them. */
export function checkSchema(chain: string, text: string, introspection: unknown): void {
  const wrong = validate(schemaOf(chain, introspection), parse(text))
  if (wrong.length === 0) return
  throw new ConfigError(`The subgraph given for ${chain} does not have what is to be read of it.`, {
    details: [...new Set(wrong.map(({ message }) => message))].slice(0, 10),
    fix: 'Pass the URL of the subgraph that indexes this protocol; if its schema has moved on, the adapter must follow.',
  })
}

function schemaOf(chain: string, introspection: unknown): GraphQLSchema {
  try {
    // What the server built its own schema from is its affair; only what is asked for has to be there.
    return buildClientSchema(introspection as IntrospectionQuery, { assumeValid: true })
  } catch {
    throw strangeAnswer(chain, 'its schema', introspection)
  }
}
