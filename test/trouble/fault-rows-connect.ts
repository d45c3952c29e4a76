import type { LookupAddress } from 'node:dns'
import { expect } from 'vitest'
import { startBlackHole } from './fault-black-hole.ts'
import { alone, scripted } from './fault-house.ts'
import { type FaultRow, forKinds, GOOD, ofAll, TIMEOUT, TLS_INVALID, UNREACHABLE } from './fault-row.ts'
import { portLater, startScript } from './fault-script.ts'
import { good, reset } from './fault-steps.ts'
import { certificateFor, faultOfTls, overTls, type TlsSettings } from './fault-tls.ts'

const CLOSED = 'http://127.0.0.1:1'
/** In place of 3 seconds. */
const CONNECT = { HCA_CONNECT_TIMEOUT: '0.15' }
const IN_TIME = { ...TIMEOUT, takes: [145, 900] as const }

const never = () => new Promise<LookupAddress[]>(() => {})
const notFound = async () => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const found =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const DNS_FAILED = { ...UNREACHABLE, reason: 'UPSTREAM_DNS_FAILED' }
const FORBIDDEN = { status: 502, word: 'INTERNAL', reason: 'UPSTREAM_ADDRESS_FORBIDDEN' }

/** Of what may run on any method again since nothing was sent: as often as its kind is tried. */
const everyKind = <Wanted extends object>(wanted: Wanted) => ({
  read: { ...wanted, repeats: 2 },
  write: { ...wanted, repeats: 1 },
  create: { ...wanted, repeats: 1 },
})

/** `code` is what another client finds wrong there, so that nothing else is. */
const tlsFault = (id: string, what: string, code: string, settings: TlsSettings): FaultRow[] =>
  forKinds(
    { id, what, start: overTls(settings) },
    ofAll({
      ...TLS_INVALID,
      heard: 0,
      async more(_, { origin }) {
        expect(await faultOfTls(String(origin), settings)).toBe(code)
      },
    }),
  )

/** What goes wrong before a byte of the request is out: whatever it is, it has not run. */
export const connectRows: readonly FaultRow[] = [
  ...forKinds(
    { id: 'F-01', what: 'a closed port', start: alone({ HUAWEICLOUD_ENDPOINT_URL: CLOSED }) },
    everyKind(UNREACHABLE),
  ),
  ...forKinds(
    {
      id: 'F-01',
      what: 'a port that opens when it is tried again',
      async start(env) {
        const { origin, open } = await portLater([good])
        return alone({ HUAWEICLOUD_ENDPOINT_URL: origin }, { sleep: async () => void (await open()) })(env)
      },
    },
    ofAll({ ...GOOD, repeats: 1 }),
  ),
  ...forKinds(
    { id: 'F-02', what: 'a name that is not found', start: alone({}, { resolve: notFound }) },
    everyKind(DNS_FAILED),
  ),
  ...forKinds(
    {
      id: 'F-02',
      what: 'a resolver that fails for a moment, and works again after its failure is forgotten',
      async start(env) {
        const { origin, heard, sockets } = await startScript([good])
        let asked = 0
        let ms = 0
        const house = await alone(
          { HUAWEICLOUD_ENDPOINT_URL: origin.replace('127.0.0.1', 'cloud.test') },
          {
            elapsed: () => ms,
            resolve: () => {
              asked += 1
              return asked === 1 ? notFound() : found('127.0.0.1')()
            },
            sleep: async () => {
              ms += 2_000
            },
          },
        )(env)
        return { ...house, heard, sockets }
      },
    },
    ofAll({ ...GOOD, heard: 1, repeats: 1 }),
  ),
  ...forKinds(
    {
      id: 'F-03',
      what: 'a resolver that does not answer ends with the time for connecting',
      env: CONNECT,
      start: alone({}, { resolve: never }),
    },
    ofAll(IN_TIME),
  ),
  ...['127.0.0.1', '169.254.169.254', '0.0.0.0', '::1', 'fe80::1', '::ffff:127.0.0.1'].flatMap((address) =>
    forKinds(
      {
        id: 'F-04',
        what: `a resolver that answers ${address}`,
        start: alone({}, { resolve: found(address) }),
      },
      ofAll(FORBIDDEN),
    ),
  ),
  ...forKinds(
    {
      id: 'F-04',
      what: 'a resolver that answers one good address and one of this machine',
      start: alone({}, { resolve: found('192.0.2.1', '127.0.0.1') }),
    },
    ofAll(FORBIDDEN),
  ),
  ...forKinds(
    {
      id: 'F-04',
      what: 'a host that is no host of the table may be on this machine',
      async start(env) {
        const { origin, heard, sockets } = await startScript([good])
        const at = { HUAWEICLOUD_ENDPOINT_URL: origin.replace('127.0.0.1', 'cloud.test') }
        return { ...(await alone(at, { resolve: found('127.0.0.1') })(env)), heard, sockets }
      },
    },
    ofAll({ ...GOOD, heard: 1 }),
  ),
  ...forKinds(
    {
      id: 'F-05',
      what: 'a host that lets nobody in and turns nobody away',
      env: CONNECT,
      start: async (env) => alone({ HUAWEICLOUD_ENDPOINT_URL: await startBlackHole() })(env),
    },
    ofAll(IN_TIME),
  ),
  ...forKinds(
    {
      id: 'F-06',
      what: 'a host that accepts and never begins TLS',
      env: CONNECT,
      start: scripted([], { scheme: 'https' }),
    },
    ofAll({
      ...IN_TIME,
      heard: 0,
      more: (_, { sockets }) => expect(sockets, 'connections').toHaveLength(1),
    }),
  ),
  ...tlsFault('F-07', 'a certificate that has expired', 'CERT_HAS_EXPIRED', {
    certificate: () => certificateFor('IP:127.0.0.1', -1),
  }),
  ...tlsFault('F-08', 'a certificate for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', {
    certificate: () => certificateFor('DNS:elsewhere.example'),
  }),
  ...tlsFault('F-09', 'a certificate of an authority that nobody knows', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', {
    trusted: false,
  }),
  ...tlsFault('F-10', 'a host that speaks TLS 1.1 at most', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', {
    options: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
  }),
  ...forKinds(
    {
      id: 'F-11',
      what: 'a host that answers TLS with plain HTTP',
      start: scripted([], {
        scheme: 'https',
        onAccept: (socket) =>
          void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')),
      }),
    },
    ofAll({ ...TLS_INVALID, heard: 0 }),
  ),
  ...forKinds(
    {
      id: 'F-10',
      what: 'a host that speaks TLS 1.2 is as good as any',
      start: overTls({ options: { maxVersion: 'TLSv1.2' } }),
    },
    ofAll({ ...GOOD, heard: 1 }),
  ),
  ...forKinds(
    {
      id: 'F-13',
      what: 'a reset before TLS has begun',
      start: overTls({ onAccept: (socket) => void socket.resetAndDestroy() }),
    },
    everyKind({ ...UNREACHABLE, heard: 0 }),
  ),
  ...forKinds(
    {
      id: 'F-13',
      what: 'a reset of the first connection only',
      start: (env) => {
        let count = 0
        return overTls({ onAccept: (socket) => void (++count === 1 && socket.resetAndDestroy()) })(env)
      },
    },
    ofAll({ ...GOOD, heard: 1, repeats: 1 }),
  ),
  ...forKinds(
    {
      id: 'F-13',
      what: 'a reset as the connection is accepted, of a read',
      start: scripted([reset], { onAccept: (socket) => void socket.resetAndDestroy() }),
    },
    { read: { ...UNREACHABLE, heard: 0, repeats: 2 } },
  ),
]
