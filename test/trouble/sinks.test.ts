import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { bareEnvironment, launcher, root } from '../helpers/program.ts'

type Where = 'pipe' | 'ignore' | number | NodeJS.WritableStream

/** The program with its outputs where the test wants them. Ends with the test. */
function startWith(port: number, stdout: Where, stderr: Where): ChildProcess {
  const child = spawn(process.execPath, [launcher, '--port', String(port)], {
    cwd: root,
    env: { ...bareEnvironment, HCA_LOG_LEVEL: 'info' },
    stdio: ['ignore', stdout as 'pipe', stderr as 'pipe'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return child
}

/** A port that was free a moment ago: what it is bound to cannot be said where nobody listens. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function isUp(url: string): Promise<void> {
  for (;;) {
    const up = await fetch(`${url}/livez`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await wait(50)
  }
}

const droppedAt = async (url: string): Promise<number> =>
  Number(/^hca_log_lines_dropped_total (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1])

async function endOf(child: ChildProcess): Promise<{ code: number | null; ms: number }> {
  const began = performance.now()
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await exit
  return { code, ms: performance.now() - began }
}

/** Many lines at once, and how long the slowest answer took. */
async function slowestOf(url: string, count: number): Promise<number> {
  let slowest = 0
  for (let done = 0; done < count; done += 50) {
    const began = performance.now()
    const got = await Promise.all(Array.from({ length: 50 }, () => fetch(`${url}/livez`)))
    for (const answer of got) {
      expect(answer.status).toBe(200)
      await answer.arrayBuffer()
    }
    slowest = Math.max(slowest, performance.now() - began)
  }
  return slowest
}

test('F-52: a log reader that stands still holds up no answer, and not the exit', async () => {
  const reader = spawn('sleep', ['60'], { stdio: ['pipe', 'ignore', 'ignore'] })
  onTestFinished(() => void reader.kill('SIGKILL'))
  reader.kill('SIGSTOP')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = startWith(port, 'ignore', reader.stdin)
  await isUp(url)
  // A line is about 150 bytes, and the pipe holds 64 KiB.
  expect(await slowestOf(url, 1_000)).toBeLessThan(3_000)
  expect(await droppedAt(url)).toBe(0)
  const { code, ms } = await endOf(child)
  expect(code).toBe(0)
  expect(ms).toBeLessThan(3_000)
})

test('F-52: with both outputs on a full disk it serves, counts the lines it drops, and ends in peace', async () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = startWith(port, full, full)
  await isUp(url)
  await slowestOf(url, 50)
  expect(await droppedAt(url)).toBeGreaterThanOrEqual(50)
  expect((await endOf(child)).code).toBe(0)
})

test('F-52: with both outputs closed by their readers it serves, counts the lines it drops, and ends in peace', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = startWith(port, 'pipe', 'pipe')
  child.stdout?.destroy()
  child.stderr?.destroy()
  await isUp(url)
  await slowestOf(url, 50)
  expect(await droppedAt(url)).toBeGreaterThanOrEqual(50)
  expect((await endOf(child)).code).toBe(0)
})

test('F-52: what was asked for and cannot be written ends it with 1 and one line', async () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const child = spawn(process.execPath, [launcher, '--version'], { stdio: ['ignore', full, 'pipe'] })
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  const [code] = await once(child, 'close')
  expect([code, said]).toEqual([1, 'huawei-cloud-api: Nothing can be written to stdout (ENOSPC).\n'])
})
