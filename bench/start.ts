/**
 * How long until the first answer, and how big when idle: the built server with its sandbox against an empty
 * Fastify + undici + TypeBox process, in interleaved rounds of one run. `npm run build` first.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROUNDS = 7
const root = join(import.meta.dirname, '..')
const contenders = {
  'huawei-cloud-api with sandbox': [join(root, 'dist/cli.js'), 'serve', '--port', '0'],
  'empty Fastify + undici + TypeBox': [join(root, 'bench/empty.ts')],
}

interface Sample {
  ms: number
  mib: number
}

async function sample(args: string[]): Promise<Sample> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const url = await listening(child.stdout)
    await (await fetch(`${url}/livez`)).text()
    const ms = performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 1_000)) // idle means: after the rush
    const [, pages = '0'] = readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')
    return { ms, mib: (Number(pages) * 4096) / 2 ** 20 }
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

async function listening(stdout: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of stdout) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? []
    if (url) return url
  }
  throw new Error('ended before it listened')
}

const median = (numbers: number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const samples = new Map<string, Sample[]>(Object.keys(contenders).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, args] of Object.entries(contenders)) samples.get(name)?.push(await sample(args))
}
for (const [name, rows] of samples) {
  const ms = median(rows.map((row) => row.ms)).toFixed(0)
  const mib = median(rows.map((row) => row.mib)).toFixed(0)
  console.log(`${name.padEnd(34)} first answer ${ms.padStart(4)} ms   idle ${mib.padStart(4)} MiB`)
}
