import { execFileSync } from 'node:child_process'

/**
 * Builds the package once before the tests, so that those of the CLI run what is published.
 * WASHBOARD_NO_BUILD=1 leaves that out while working on a part that needs no binary.
 */
export default function setup(): void {
  if (process.env.WASHBOARD_NO_BUILD === '1') return
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
