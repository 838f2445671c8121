// Adds up what the test runs left in node_modules/.vitest and prints `N passed, N failed`. A test that was not run counts
// as a failure: outside data and system packages are there in CI, or CI proves less than it says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let passed = 0
let failed = 0
for (const suite of ['unit', 'calibration', 'chaos', 'system']) {
  try {
    const text = readFileSync(join(import.meta.dirname, '..', 'node_modules', '.vitest', `${suite}.json`), 'utf8')
    const results = JSON.parse(text)
    passed += results.numPassedTests
    failed += results.numFailedTests + results.numPendingTests + results.numTodoTests
    if (!results.success && results.numFailedTests === 0) failed++
    for (const file of results.testResults)
      for (const test of file.assertionResults)
        if (test.status !== 'passed') console.log(`${test.status}: ${test.fullName}`)
  } catch {
    console.log(`${suite}: left no results`)
    failed++
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
