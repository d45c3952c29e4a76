import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

/** Debian keeps servers where only root looks. */
const places = () => [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']

export const onPath = (name: string): string | undefined =>
  places()
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file))

export function nginxFound(): string {
  const found = onPath('nginx')
  if (found) return found
  throw new Error(
    'nginx is not installed, and it is what everybody is measured against: apt-get install nginx-light',
  )
}

export const WITHOUT_WRK =
  'wrk is not installed (apt-get install wrk): a sender of our own takes its place, and more of the processors'

/** What `nginx -v` or `wrk -v` says of its version; both say it in their own way. */
function versionOf(command: string): string {
  const { stdout, stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' })
  return /\d+\.\d+(?:\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? 'of unknown version'
}

const root = join(import.meta.dirname, '..')

const packageVersion = (name: string): string =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version

export function versions(): Record<string, string> {
  const wrk = onPath('wrk')
  return {
    Node: process.versions.node,
    nginx: versionOf(nginxFound()),
    ...(wrk ? { wrk: versionOf(wrk) } : {}),
    Express: packageVersion('express'),
    'Huawei’s SDK': packageVersion('@huaweicloud/huaweicloud-sdk-core'),
  }
}

export const machine = () => ({ processor: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length })
