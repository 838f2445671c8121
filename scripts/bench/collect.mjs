// Reads the same 100,000 logs from one local node with washboard and with its peers, each in a process of its own, in
// one run, and prints what each needs: time of CPU, JSON-RPC calls, bytes and peak memory.
// Usage: node scripts/bench/collect.mjs [--timeout 300] [--peers FOLDER] [--write docs/bench-collect.md]
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { preparePonder } from './collect-contenders.mjs'
import { BLOCKS, LOGS } from './rpc-server.mjs'
import { installPeer, machine, page, root } from './shared.mjs'

const { values } = parseArgs({
  options: {
    timeout: { type: 'string', default: '300' },
    peers: { type: 'string', default: join(root, 'node_modules', '.cache', 'bench-peers') },
    write: { type: 'string' },
  },
})
const PEERS = { ponder: ['ponder', '0.16.10'], squid: ['@subsquid/evm-processor', '1.27.3'] }
const total = BLOCKS * LOGS
const limit = Number(values.timeout)

/** The folder of a peer at its exact version, installed where it is missing; null where that fails. */
const install = (name) => installPeer(join(values.peers, name), Object.fromEntries([PEERS[name]]))

/** Starts a process and reads its lines until one is the answer sought; gives null where none comes in time. */
async function lineOf(child, find) {
  const timer = setTimeout(() => child.kill('SIGKILL'), limit * 1000)
  let answer = null
  for await (const line of createInterface({ input: child.stdout })) {
    answer = find(line)
    if (answer !== null) break
  }
  clearTimeout(timer)
  return answer
}

const jsonOf = (line) => (line.startsWith('{"bench"') ? JSON.parse(line) : null)

function contender(kind, ...args) {
  const script = join(import.meta.dirname, 'collect-contenders.mjs')
  return spawn(process.execPath, [script, kind, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Ponder runs on for ever: its CPU and memory are read from the system once it says that it has seen every log. */
async function runPonder(url, folder) {
  const start = performance.now()
  const child = await preparePonder(folder, url, total)
  const done = await lineOf(child, (line) => (line.includes('every log is seen') ? line : null))
  if (done === null) return null
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024
  child.kill('SIGKILL')
  return { logs: total, ms: performance.now() - start, cpu: (Number(stat[11]) + Number(stat[12])) / 100, peak }
}

async function run(kind, url) {
  await (await fetch(url)).json()
  const folder = kind in PEERS ? install(kind) : ''
  if (folder === null) return { kind, failed: 'not installed' }
  let errors = ''
  const child = kind === 'ponder' ? null : contender(kind, url, folder)
  child?.stderr.on('data', (part) => {
    errors += part
  })
  const measured = child === null ? await runPonder(url, folder) : await lineOf(child, jsonOf)
  child?.kill('SIGKILL')
  const { calls, bytes } = await (await fetch(url)).json()
  if (measured === null) {
    if (errors !== '') console.error(errors.slice(-2000))
    return { kind, calls, failed: `not done in ${limit} s, or ended early (after ${calls} calls)` }
  }
  if (measured.logs !== total) return { kind, calls, failed: `${measured.logs} of ${total} logs` }
  return { ...measured, kind, calls, bytes }
}

async function main(say) {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'rpc-server.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const scratch = mkdtempSync(join(tmpdir(), 'washboard-bench-'))
  try {
    const url = await lineOf(server, (line) => (line.startsWith('http') ? line : null))
    const names = {
      logs: 'washboard getLogs and decoding',
      collect: 'washboard collect, into a ledger',
      viem: `viem ${versionOf('viem')} getLogs, 500 blocks a call`,
      ethers: `ethers ${versionOf('ethers')} queryFilter, 10 blocks a call`,
      squid: PEERS.squid.join(' '),
      ponder: PEERS.ponder.join(' '),
    }
    say('| contender | logs/s | CPU s | logs per CPU s | RPC calls | MB | peak RSS |')
    say('|---|---|---|---|---|---|---|')
    const found = {}
    for (const kind of Object.keys(names)) {
      const r = await run(kind, url)
      found[kind] = r
      const [speed, perCore] = [r.logs / (r.ms / 1000), r.logs / r.cpu].map((n) => Math.round(n))
      const cells = `${speed} | ${r.cpu?.toFixed(2)} | ${perCore} | ${r.calls} | ${(r.bytes / 1e6).toFixed(1)} | ${r.peak?.toFixed(0)} MB`
      say(`| ${names[kind]} | ${r.failed === undefined ? cells : `${r.failed} | | | | |`} |`)
    }
    const decoding = await lineOf(contender('decode', url, scratch), jsonOf)
    say('')
    say('| decoding the same recorded answers | CPU s | logs per CPU s |')
    say('|---|---|---|')
    for (const [name, seconds] of Object.entries(decoding.seconds))
      say(`| ${name} | ${seconds.toFixed(3)} | ${Math.round(total / seconds)} |`)
    return targets(say, found, decoding.seconds)
  } finally {
    server.kill('SIGKILL')
    rmSync(scratch, { recursive: true, force: true })
  }
}

function targets(say, { logs, collect, squid, ponder }, seconds) {
  const [parse, ours, viem] = Object.values(seconds)
  const rows = [
    ['decoding with JSON.parse, of JSON.parse alone', ours / parse, '≤ 1.5', ours / parse <= 1.5],
    ['logs decoded per CPU s', total / ours, '≥ 100000', total / ours >= 100_000],
    ['logs read and decoded per CPU s', total / logs.cpu, '≥ 100000', total / logs.cpu >= 100_000],
    ['decoding against viem', viem / ours, '≥ 4', viem / ours >= 4],
  ]
  for (const peer of [squid, ponder]) {
    const cut = peer.failed === undefined ? '' : ', until it was cut off'
    for (const [what, own] of [
      ['getLogs', logs],
      ['collect, comparisons and all', collect],
    ]) {
      const ratio = (peer.calls ?? Number.NaN) / own.calls
      rows.push([`calls of ${PEERS[peer.kind][0]}${cut}, of our ${what}`, ratio, '≥ 100', ratio >= 100])
    }
  }
  say('')
  say('| ratio | measured | target | |')
  say('|---|---|---|---|')
  for (const [name, value, target, met] of rows) {
    const figure = Number.isNaN(value) ? 'not measured' : value >= 1000 ? Math.round(value) : value.toFixed(2)
    say(`| ${name} | ${figure} | ${target} | ${met ? 'met' : 'missed'} |`)
  }
  return rows.every((row) => row[3])
}

function versionOf(pack) {
  return JSON.parse(readFileSync(join(root, 'node_modules', pack, 'package.json'), 'utf8')).version
}

const { say, write } = page()
say(`${machine()} One run; limit ${limit} s each.`)
say('')
say(
  `One local node over ${BLOCKS} generated blocks of ${LOGS} Transfer logs, which takes 2,000 blocks and 10,000 results a call. CPU of a contender begins after its imports, but for Ponder, which is a whole process. Its handler only counts; that of Subsquid decodes with viem, as its users do. ethers takes time quadratic in the size of an answer, hence its small ranges. collect also reads headers and compares blocks with their receipts; price legs are in the native asset, so no transfers of wallets are read. Calls count each item of a batch. Decoding: the median of five passes.`,
)
say('')
const met = await main(say)
if (values.write) write(values.write, 'Collection, measured', 'bench:collect')
process.exitCode = met ? 0 : 1
