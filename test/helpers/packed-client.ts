import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment, root } from './program.ts'

const run = promisify(execFile)

const npm = (args: string[], cwd: string) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd })

export interface PackedClient {
  tarball: string
  /** A folder in which nothing but the package is installed. */
  folder: string
  remove(): void
}

/** The client as it would be published, installed where there is nothing else. */
export async function packedClient(): Promise<PackedClient> {
  const place = mkdtempSync(join(tmpdir(), 'hca-client-'))
  const { stdout } = await npm(['pack', '-w', 'packages/client', '--json', '--pack-destination', place], root)
  const [, name = ''] = /"filename":\s*"([^"]+)"/.exec(stdout) ?? []
  const tarball = join(place, name)
  const folder = join(place, 'empty')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  await npm(['install', '--offline', tarball], folder)
  return { tarball, folder, remove: () => rmSync(place, { recursive: true }) }
}

/** Where there is a Node of this major version: this one, the machine's, or one fetched into a folder for the tests. */
export async function nodeOf(major: number, place: string): Promise<string | undefined> {
  const known = [
    process.execPath,
    ...(process.env.PATH ?? '').split(delimiter).map((one) => join(one, 'node')),
  ]
  for (const candidate of known) if ((await majorOf(candidate)) === major) return candidate
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = join(place, `node-${major}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const isFetched = await npm(['install', '--prefer-offline', `${name}@${major}`], folder).then(
    () => true,
    () => false,
  )
  const fetched = join(folder, 'node_modules', name, 'bin/node')
  return isFetched && existsSync(fetched) ? fetched : undefined
}

const majorOf = (node: string): Promise<number | undefined> =>
  run(node, ['-p', 'process.versions.node'], { env: bareEnvironment }).then(
    ({ stdout }) => Number.parseInt(stdout, 10),
    () => undefined,
  )
