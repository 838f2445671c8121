import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSchema, introspectionFromSchema } from 'graphql'

/** The schema that a real graph-node gave of the test subgraph. */
export const graphNodeSchema = introspectionFromSchema(
  buildSchema(readFileSync(new URL('../fixtures/graph-node-schema.graphql', import.meta.url), 'utf8')),
)

export type Question = { readonly operation: string; readonly variables: { readonly [name: string]: string } }
/** A body, or a whole answer where the status matters. */
export type Answer =
  | { readonly status: number; readonly headers?: { [name: string]: string }; readonly text: string }
  | object

const META = { deployment: 'QmOne', hasIndexingErrors: false }
export const hashOf = (block: number) => `0x${block.toString(16).padStart(64, '0')}`
export const metaOf = (block: number, fields: object = {}) => ({
  _meta: { ...META, block: { number: block, hash: hashOf(block) }, ...fields },
})
/** As graph-node says it: HTTP 200, and only a message. */
export const errorsOf = (message: string) => ({ errors: [{ message }] })

/** A server that answers what it is told to, in the shapes recorded from graph-node 0.45.0. `asked` holds all questions. */
export async function startGraphqlServer(answer: (question: Question) => Answer) {
  const asked: Question[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    const { query, variables = {} } = JSON.parse(body)
    const operation = /query (\w+)/.exec(query)?.[1] ?? ''
    const question = { operation, variables }
    asked.push(question)
    const given = operation === 'IntrospectionQuery' ? { data: graphNodeSchema } : answer(question)
    const { status, headers, text } =
      'status' in given ? given : { status: 200, headers: {}, text: JSON.stringify(given) }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
