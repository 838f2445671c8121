/** UTC ms as ISO 8601; null stays null. */
export function isoTime<ms extends number | null>(ms: ms): ms extends null ? null : string
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
