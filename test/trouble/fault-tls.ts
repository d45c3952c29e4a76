import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, createServer, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'
import { type Certificates, certificatesFor } from '../../src/huaweicloud/test-tls.ts'
import type { Environment } from '../../src/settings.ts'
import { type FaultHouse, scripted } from './fault-house.ts'
import type { ScriptSettings } from './fault-script.ts'
import { good } from './fault-steps.ts'

const made = new Map<string, Certificates>()

/** Made once for all rows. */
export function certificateFor(name: string, days?: number): Certificates {
  const known = made.get(`${name} ${days}`) ?? certificatesFor(name, days)
  made.set(`${name} ${days}`, known)
  return known
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
  readonly certificate?: () => Certificates
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
