/**
 * How long until the first answer, and how big when idle: the built server with its sandbox against an empty
 * Fastify + undici + TypeBox process, in interleaved rounds of one run. `npm run build` first.
 */
import { end, file, median, memoryMib, program, start } from './processes.ts'

const ROUNDS = 7
const contenders = {
  'huawei-cloud-api with sandbox': [program, 'serve', '--port', '0', '--log-level', 'silent'],
  'empty Fastify + undici + TypeBox': [file('empty.ts')],
}

interface Sample {
  ms: number
  mib: number
}

async function sample(args: string[]): Promise<Sample> {
  const began = performance.now()
  const started = await start(args)
  try {
    await (await fetch(`${started.url}/livez`)).text()
    const ms = performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 1_000)) // idle means: after the rush
    return { ms, mib: memoryMib(started.pid) }
  } finally {
    await end(started)
  }
}

const samples = new Map<string, Sample[]>(Object.keys(contenders).map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, args] of Object.entries(contenders)) samples.get(name)?.push(await sample(args))
}
for (const [name, rows] of samples) {
  const ms = median(rows.map((row) => row.ms)).toFixed(0)
  const mib = median(rows.map((row) => row.mib)).toFixed(0)
  console.log(`${name.padEnd(34)} first answer ${ms.padStart(4)} ms   idle ${mib.padStart(4)} MiB`)
}
