import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { CannotStart } from './cannot-start.ts'
import { isLoopback, type Settings } from './settings.ts'

/** What is read from files and must be good before anything is begun. */
export function readMaterial(settings: Settings) {
  const tls = readTls(settings)
  if (!isLoopback(settings.host) && !tls && !settings.insecure) {
    throw new CannotStart(
      `Beyond loopback (--host ${settings.host}) keys would cross the network in the clear: set --tls-cert and --tls-key, or --insecure if a proxy in front does TLS.`,
    )
  }
  return {
    tls,
    extraAuthorities: settings.caFile === undefined ? undefined : readAuthorities(settings.caFile),
  }
}

function readTls({ tlsCert, tlsKey }: Settings) {
  if (!tlsCert || !tlsKey) return undefined
  const tls = { cert: readOrStop(tlsCert, '--tls-cert'), key: readOrStop(tlsKey, '--tls-key') }
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new CannotStart(
      `The files of --tls-cert and --tls-key are no certificate and its key (${codeOf(error)}).`,
    )
  }
  return tls
}

function readAuthorities(file: string): string {
  const text = readOrStop(file, 'HCA_CA_FILE')
  try {
    new X509Certificate(text)
    return text
  } catch {
    throw new CannotStart('The file of HCA_CA_FILE holds no PEM certificate.')
  }
}

function readOrStop(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CannotStart(`The file of ${setting} cannot be read (${codeOf(error)}).`)
  }
}

const codeOf = (error: unknown): string =>
  (typeof error === 'object' && error !== null && Reflect.get(error, 'code')) || 'unknown error'
