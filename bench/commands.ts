/**
 * How long commands of the built program take, from the call to the end, against Node doing nothing, in interleaved rounds of one
 * run. `npm run build` first. The ratio says more than the milliseconds: it minds less how busy the machine is.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { median } from './processes.ts'

const ROUNDS = 15
const root = join(import.meta.dirname, '..')

/** What is published, without the sources that a checkout would run instead. */
const published = mkdtempSync(join(tmpdir(), 'hca-bench-'))
for (const part of ['bin', 'dist', 'package.json'])
  cpSync(join(root, part), join(published, part), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(published, 'node_modules'))

const program = join(published, 'bin/huawei-cloud-api.cjs')
const contenders: Record<string, string[]> = {
  'Node doing nothing': ['-e', '0'],
  '--version': [program, '--version'],
  '--help': [program, '--help'],
  'regions -o json, in-process': [program, 'regions', '-o', 'json'],
  'instances, in-process with a sandbox': [program, 'instances', '--region', 'cn-east-2'],
}
const env = {
  PATH: process.env.PATH ?? '',
  XDG_CACHE_HOME: join(published, 'cache'),
  HUAWEICLOUD_SDK_AK: SANDBOX_KEYS.accessKey,
  HUAWEICLOUD_SDK_SK: SANDBOX_KEYS.secretKey,
}

function sample(args: readonly string[]): number {
  const began = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - began
}

const samples = new Map<string, number[]>(Object.keys(contenders).map((name) => [name, []]))
try {
  for (const args of Object.values(contenders)) sample(args) // compiles what is kept
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, args] of Object.entries(contenders)) samples.get(name)?.push(sample(args))
} finally {
  rmSync(published, { recursive: true })
}
const idle = median(samples.get('Node doing nothing') ?? [])
for (const [name, all] of samples) {
  const ms = median(all)
  console.log(
    `${name.padEnd(38)} ${ms.toFixed(0).padStart(4)} ms   ${(ms / idle).toFixed(1).padStart(4)} × Node`,
  )
}
