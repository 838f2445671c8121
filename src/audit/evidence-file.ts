/** One file of the evidence beside the report. */
export type EvidenceFile = {
  readonly name: string
  readonly query: string
  readonly parameters?: { readonly [name: string]: number }
}
