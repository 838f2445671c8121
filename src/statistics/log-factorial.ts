const TABLE = new Float64Array(256)
for (let n = 1; n < TABLE.length; n++) TABLE[n] = TABLE[n - 1]! + Math.log(n)

/** ln n! of a whole number: a table to 255, from there Stirling's series (https://dlmf.nist.gov/5.11.E1). */
export function logFactorial(n: number): number {
  if (n < TABLE.length) return TABLE[n]!
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}
