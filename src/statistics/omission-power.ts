/**
 * Chance that a check of `checked` logs against an independent answer sees an omission, if each log is left out with
 * probability `share`, independently: 1 − (1 − share)^checked.
 */
export function omissionPower(checked: number, share: number): number {
  return -Math.expm1(checked * Math.log1p(-share))
}

/** The least share of missing logs that such a check sees with probability `power`; 1 where nothing was checked. */
export function omissionSeen(checked: number, power: number): number {
  return checked === 0 ? 1 : -Math.expm1(Math.log1p(-power) / checked)
}

/** Logs to check so that missing ones of `share` are seen with probability `power`. */
export function logsToCheck(share: number, power: number): number {
  return Math.ceil(Math.log1p(-power) / Math.log1p(-share))
}
