import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Environment } from '../../src/settings.ts'
import { type FaultHouse, scripted } from './fault-house.ts'
import type { ScriptSettings } from './fault-script.ts'
import { good } from './fault-steps.ts'

export interface Certificate {
  readonly authority: string
  readonly cert: string
  readonly key: string
}

const made = new Map<string, Certificate>()

/** An authority of our own, and a certificate of it for `name` that is good from now for so many days. */
export function certificateFor(name: string, days = 1): Certificate {
  const known = made.get(`${name} ${days}`)
  if (known) return known
  const folder = mkdtempSync(join(tmpdir(), 'hca-tls-'))
  try {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    const fresh = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    openssl(
      ...fresh,
      '-x509',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Test authority',
      '-days',
      '2',
    )
    openssl(...fresh, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=leaf')
    writeFileSync(join(folder, 'ext'), `subjectAltName=${name}\n`)
    const signing = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      `${days}`,
      '-extfile',
      'ext',
    ]
    openssl('x509', '-req', '-in', 'leaf.csr', '-out', 'leaf.pem', ...signing)
    const text = (file: string) => readFileSync(join(folder, file), 'utf8')
    const one = { authority: text('ca.pem'), cert: text('leaf.pem'), key: text('leaf.key') }
    made.set(`${name} ${days}`, one)
    return one
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The setting that trusts an authority, its file gone with the test. */
function trusting(authority: string): Environment {
  const folder = mkdtempSync(join(tmpdir(), 'hca-ca-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'ca.pem')
  writeFileSync(file, authority)
  return { HCA_CA_FILE: file }
}

export interface TlsSettings extends Pick<ScriptSettings, 'onAccept'> {
  readonly certificate?: () => Certificate
  readonly trusted?: false
  readonly options?: TlsOptions
}

/** The house in front of a Huawei Cloud over TLS, whose authority it trusts unless told otherwise. */
export const overTls =
  ({ certificate = () => certificateFor('IP:127.0.0.1'), trusted, options, onAccept }: TlsSettings = {}) =>
  async (env: Environment = {}): Promise<FaultHouse> => {
    const { authority, cert, key } = certificate()
    const start = scripted([good], {
      scheme: 'https',
      makeServer: (onSocket) => createServer({ cert, key, ...options }, onSocket),
      ...(onAccept ? { onAccept } : {}),
    })
    return start({ ...(trusted === false ? {} : trusting(authority)), ...env })
  }

/** What Node's own client finds wrong with such a host; undefined for nothing. */
export async function faultOfTls(origin: string, settings: TlsSettings): Promise<string | undefined> {
  const { certificate = () => certificateFor('IP:127.0.0.1'), trusted } = settings
  const { hostname, port } = new URL(origin)
  const ca = trusted === false ? {} : { ca: certificate().authority }
  const socket = connect({ host: hostname, port: Number(port), ...ca })
  try {
    await once(socket, 'secureConnect')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  } finally {
    socket.destroy()
  }
}
