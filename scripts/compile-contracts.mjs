// Compiles test/contracts/*.sol to test/contracts/artifacts.json (ABI and bytecode), without a network. Run it after a
// change to a contract and commit what it writes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import solc from 'solc'

const folder = join(import.meta.dirname, '..', 'test', 'contracts')
const files = readdirSync(folder)
  .filter((file) => file.endsWith('.sol'))
  .sort()
const input = {
  language: 'Solidity',
  sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(join(folder, file), 'utf8') }])),
  settings: {
    evmVersion: 'cancun',
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  },
}
const output = JSON.parse(solc.compile(JSON.stringify(input)))
const problems = (output.errors ?? []).filter(({ severity }) => severity === 'error')
if (problems.length > 0) throw new Error(problems.map(({ formattedMessage }) => formattedMessage).join('\n'))

const artifacts = {}
for (const file of files) {
  for (const [name, { abi, evm }] of Object.entries(output.contracts[file])) {
    // Abstract contracts have no bytecode.
    if (evm.bytecode.object !== '') artifacts[name] = { abi, bytecode: `0x${evm.bytecode.object}` }
  }
}
writeFileSync(join(folder, 'artifacts.json'), `${JSON.stringify(artifacts)}\n`)
