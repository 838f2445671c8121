import { cpus, totalmem } from 'node:os'

/** The machine that timings come from, in a sentence. */
export const machine = () =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.`
