import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { SANDBOX_KEYS } from '../../src/sandbox/keys.ts'
import type { Judgement } from './declared-types.ts'

export type Language = 'node' | 'python'
/** A service and the version of its API, as both languages' packages name them. */
export type Sdk = 'ecs/v2' | 'vpc/v2' | 'vpc/v3' | 'iam/v3' | 'ims/v2' | 'eip/v2' | 'eip/v3' | 'evs/v2'

/** What an SDK made of an answer. */
export interface Heard extends Partial<Judgement> {
  status?: number
  // biome-ignore lint/suspicious/noExplicitAny: rows look into answers of every shape
  body?: any
  code?: string | number | null
  message?: string | null
  requestId?: string | null
  /** The SDK itself failed: it could not build the request, or not read the answer. */
  broken?: string
  /** The SDK has no such operation. */
  missing?: boolean
}

export interface Judge {
  ask(operation: string, args: object): Promise<Heard>
  close(): Promise<void>
}

const nodeSdks: readonly Sdk[] = ['ecs/v2', 'vpc/v2', 'vpc/v3', 'iam/v3']

export const speaks = (language: Language, sdk: Sdk) => language === 'python' || nodeSdks.includes(sdk)

const PYTHON = process.env.JUDGE_PYTHON ?? 'python3'

/** Why a language cannot be asked here, or nothing. `.ci/run` says by JUDGE_PYTHON where the SDKs are. */
export function missingJudge(language: Language): string | undefined {
  if (language === 'node') return undefined
  const packages = ['ecs', 'ims', 'vpc', 'eip', 'evs', 'iam'].map((name) => `huaweicloudsdk${name}`)
  const ask = `import importlib.util as i, sys; sys.exit(not all(i.find_spec(p) for p in sys.argv[1:]))`
  try {
    execFileSync(PYTHON, ['-c', ask, ...packages], { stdio: 'ignore' })
    return undefined
  } catch {
    return `${PYTHON} has not all of ${packages.join(', ')} (JUDGE_PYTHON names the interpreter that has)`
  }
}

const here = import.meta.dirname
const programs: Record<Language, readonly [string, string]> = {
  node: [process.execPath, join(here, 'node-judge.ts')],
  python: [PYTHON, join(here, 'python_judge.py')],
}

/**
 * Starts an SDK in a process of its own. It learns keys and project from the variables that Huawei documents,
 * and the endpoint, a URL, by its ordinary setter; or a region, whose endpoint the variables give.
 */
export function startJudge(language: Language, sdk: Sdk, endpoint: string, env: NodeJS.ProcessEnv): Judge {
  const home = mkdtempSync(join(tmpdir(), 'hca-judge-'))
  const [program, script] = programs[language]
  const child = spawn(program, [script, ...sdk.split('/'), endpoint], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: home, ...keys, ...env },
  })
  const complaints = collect(child)
  const lines = createInterface({ input: child.stdio[3] as Readable })
  const waiting: ((heard: Heard) => void)[] = []
  lines.on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  child.once('close', () => {
    rmSync(home, { recursive: true, force: true })
    for (const answer of waiting.splice(0)) answer({ broken: `the SDK's process ended: ${complaints()}` })
  })
  child.stdin.on('error', () => {})
  return {
    ask: (operation, args) =>
      new Promise((resolve) => {
        if (child.exitCode !== null)
          return resolve({ broken: `the SDK's process has ended: ${complaints()}` })
        waiting.push(resolve)
        child.stdin.write(`${JSON.stringify({ operation, with: args })}\n`)
      }),
    async close() {
      if (child.exitCode !== null) return
      const closed = once(child, 'close')
      child.stdin.end()
      child.kill()
      await closed
    },
  }
}

const keys = {
  HUAWEICLOUD_SDK_AK: SANDBOX_KEYS.accessKey,
  HUAWEICLOUD_SDK_SK: SANDBOX_KEYS.secretKey,
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text = (text + chunk).slice(-2_000)
    })
  return () => text
}
