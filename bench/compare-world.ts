/** Folders and processes of `compare.ts`. Whatever happens, all of them end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const stops: (() => unknown)[] = []
const PATIENCE_MS = 3_000

/** What is to be done at the end, the last first. */
export const atTheEnd = (stop: () => unknown) => void stops.push(stop)

export async function endEverything(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await Promise.resolve(stop()).catch(() => {})
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-compare-'))
  chmodSync(folder, 0o755) // a worker of nginx that root has started is nobody
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Asks a process to end, so that it ends its own children too, and makes sure that it does. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await gone
  clearTimeout(timer)
}

export function startTool(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  child.on('error', () => {}) // told by whoever waits for it
  atTheEnd(() => stop(child))
  return child
}

/** For programs that cannot choose one themselves. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** A process, its children, and theirs. */
export function familyOf(pid: number): number[] {
  const parents = globSync('/proc/[0-9]*/stat').flatMap((file) => {
    try {
      const stat = readFileSync(file, 'utf8')
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number.parseInt(stat, 10), parent: Number(parent) }]
    } catch {
      return [] // ended meanwhile
    }
  })
  const family = [pid]
  for (const member of family) for (const one of parents) if (one.parent === member) family.push(one.pid)
  return family
}
