import { execFileSync } from 'node:child_process'

/** Builds the package once before the tests, so that those of the CLI run what is published. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
