import type { DuckDBDataChunk } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'

/** A text in a vector: its length, and its bytes where they are so few, else four of them and the address of all. */
const ITEM = 16
const INLINE = 12

/**
 * The UTF-8 bytes of a text column, one text after the other, in as few parts as they stand in memory. Texts that a query
 * computes stand side by side, so that most of a chunk is one part and no text becomes a string. No text may be NULL; the
 * bytes are valid until the next chunk is fetched.
 */
export function* textBytes(chunk: DuckDBDataChunk, column: number): Generator<Uint8Array> {
  const { dataView } = chunk.getColumnVector(column) as unknown as { readonly dataView: DataView<ArrayBuffer> }
  const length = (row: number) => dataView.getUint32(row * ITEM, true)
  const low = (row: number) => dataView.getUint32(row * ITEM + 8, true)
  const high = (row: number) => dataView.getUint32(row * ITEM + 12, true)
  for (let row = 0; row < chunk.rowCount; ) {
    const start = dataView.byteOffset + row * ITEM
    if (length(row) <= INLINE) {
      yield new Uint8Array(dataView.buffer, start + 4, length(row++))
      continue
    }
    const [from, page] = [low(row), high(row)]
    let end = from + length(row++)
    while (row < chunk.rowCount && length(row) > INLINE && low(row) === end && high(row) === page) end += length(row++)
    yield duckdb.get_data_from_pointer(dataView.buffer, start + 8, end - from)
  }
}
