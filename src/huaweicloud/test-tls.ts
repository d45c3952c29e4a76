import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listening, type Received, type Reply, type Upstream } from './test-upstream.ts'

export interface Certificates {
  authority: string
  cert: string
  key: string
}

export const hasOpenssl = (() => {
  try {
    return Boolean(execFileSync('openssl', ['version'], { stdio: 'pipe' }))
  } catch {
    if (process.env.REQUIRE_JUDGES === '1') throw new Error('openssl is missing')
    process.stderr.write('SKIPPED: the tests of TLS need the openssl command, which is not here\n')
    return false
  }
})()

/** An authority of our own, and a certificate of it for `name` that is good from now for so many days. */
export function certificatesFor(name: string, days = 2): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'hca-tls-'))
  try {
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    const fresh = 'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'.split(' ')
    openssl(...fresh, ...'-x509 -days 2 -keyout ca.key -out ca.pem -subj /CN=authority'.split(' '))
    openssl(...fresh, ...'-keyout leaf.key -out leaf.csr -subj /CN=leaf'.split(' '))
    writeFileSync(join(folder, 'ext'), `subjectAltName=${name}\n`)
    const signing = '-CA ca.pem -CAkey ca.key -CAcreateserial -extfile ext'.split(' ')
    openssl('x509', '-req', '-in', 'leaf.csr', '-out', 'leaf.pem', '-days', `${days}`, ...signing)
    const text = (file: string) => readFileSync(join(folder, file), 'utf8')
    return { authority: text('ca.pem'), cert: text('leaf.pem'), key: text('leaf.key') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function startTlsUpstream({ cert, key }: Certificates, reply: Reply, more = {}): Promise<Upstream> {
  const requests: Received[] = []
  const server = createTlsServer({ cert, key, ...more }, (incoming, outgoing) => {
    const { method = '', url: target = '', headers } = incoming
    const received = { method, target, headers, body: Buffer.alloc(0) }
    requests.push(received)
    reply(outgoing, received)
  })
  return listening(server, requests, 'https')
}

export interface Proxy extends Upstream {
  /** `host:port` of every CONNECT that came. */
  asked: string[]
}

/** A proxy that opens a tunnel to where it is asked to, or answers with `refusal`, or never. */
export async function startProxy(refusal?: number | 'silence'): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer()
  server.on('connect', async ({ url = '' }: IncomingMessage, client: Socket) => {
    asked.push(url)
    client.on('error', () => {})
    if (refusal === 'silence') return
    if (refusal) return client.end(`HTTP/1.1 ${refusal} No\r\n\r\n`)
    const [host = '', port = ''] = url.split(':')
    const far = connect(Number(port), host)
    far.on('error', () => client.destroy())
    await once(far, 'connect')
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    far.pipe(client).pipe(far)
    client.once('close', () => far.destroy())
  })
  return Object.assign(await listening(server), { asked })
}
