import Type from 'typebox'
import { PaceSchema, readPace } from './sandbox/pace.ts'
import { countOrAuto, hosts, onOff, origins, ports, proxy, seconds, url } from './settings-readers.ts'
import { row } from './settings-row.ts'

const port = Type.Integer({ minimum: 0, maximum: 65_535 })
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What is served where, and how Huawei Cloud is reached. */
export const servingRows = {
  host: row({
    flag: 'host',
    env: ['HCA_HOST'],
    schema: Type.String({ pattern: '^[\\w.:-]{1,253}$', description: 'an address or a host name' }),
    default: '127.0.0.1',
    help: 'Address to listen on.',
  }),
  ports: row({
    flag: 'port',
    env: ['HCA_PORT', 'PORT'],
    schema: Type.Array(port, {
      minItems: 1,
      description: 'port numbers from 0 to 65535, separated by commas',
    }),
    read: ports,
    default: [8002, 8001],
    shown: '8002,8001',
    help: 'Ports to listen on. The first must be free; the others are best effort.',
  }),
  tlsCert: row({
    flag: 'tls-cert',
    env: ['HCA_TLS_CERT'],
    schema: Type.String({ description: 'a file name' }),
    help: 'File with the TLS certificate chain, PEM. Together with the key.',
  }),
  tlsKey: row({
    flag: 'tls-key',
    env: ['HCA_TLS_KEY'],
    schema: Type.String({ description: 'a file name' }),
    help: 'File with the TLS private key, PEM.',
  }),
  insecure: row({
    flag: 'insecure',
    env: ['HCA_INSECURE'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    isSwitch: true,
    default: false,
    shown: 'off',
    help: 'Serve beyond loopback without TLS, because a proxy in front does it.',
  }),
  sandbox: row({
    flag: 'sandbox',
    env: ['HCA_SANDBOX'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    shown: 'on when bound to loopback, else off',
    help: 'The embedded local Huawei Cloud, asked with access keys that start with SANDBOX.',
  }),
  sandboxState: row({
    flag: 'state',
    env: ['HCA_SANDBOX_STATE'],
    schema: Type.String({ minLength: 1, description: 'a file name' }),
    help: 'File in which the sandbox keeps all that it has answered. Without one nothing touches the disk.',
  }),
  sandboxSeed: row({
    flag: 'seed',
    env: ['HCA_SANDBOX_SEED'],
    schema: Type.String({ minLength: 1, description: 'a file name' }),
    help: 'File with what the sandbox begins with, JSON.',
  }),
  sandboxPace: row({
    flag: 'pace',
    env: ['HCA_SANDBOX_PACE'],
    schema: PaceSchema,
    read: readPace,
    shown: 'clock, or as the seed or the state file has it',
    help: 'How fast jobs end in the sandbox: at-once, poll:N (the Nth look), clock, clock:MS.',
  }),
  endpointUrl: row({
    env: ['HUAWEICLOUD_ENDPOINT_URL'],
    schema: Type.String({ description: 'an http or https URL without path, query or user' }),
    read: url,
    shown: 'the endpoint table',
    help: 'Where Huawei Cloud is: every service and region, for every key, is asked here.',
  }),
  httpsProxy: row({
    env: ['HTTPS_PROXY', 'https_proxy'],
    schema: Type.String({ description: 'an http or https URL' }),
    read: proxy,
    help: 'Proxy on the way to Huawei Cloud.',
  }),
  noProxy: row({
    env: ['NO_PROXY', 'no_proxy'],
    schema: Type.String(),
    help: 'Hosts asked without the proxy.',
  }),
  caFile: row({
    env: ['HCA_CA_FILE'],
    schema: Type.String({ description: 'a file name' }),
    help: "File with further certificate authorities to trust, PEM. Verification itself can't be switched off.",
  }),
  keysInUrl: row({
    env: ['HCA_KEYS_IN_URL'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    default: true,
    shown: 'on',
    help: 'Take keys from the query of a URL. Headers are better.',
  }),
  allowedHosts: row({
    env: ['HCA_ALLOWED_HOSTS'],
    schema: Type.Array(Type.String(), { description: 'names with or without a port, separated by commas' }),
    read: hosts,
    default: [],
    shown: 'loopback names and the bound address',
    help: 'Further names this server answers to.',
  }),
  allowedOrigins: row({
    env: ['HCA_ALLOWED_ORIGINS'],
    schema: Type.Array(Type.String(), {
      description: 'origins such as https://name:port, separated by commas',
    }),
    read: origins,
    default: [],
    shown: 'its own',
    help: 'Other sites whose pages may call this server.',
  }),
  console: row({
    env: ['HCA_CONSOLE'],
    schema: Type.Union([Type.Boolean(), Type.String({ minLength: 1 })], {
      description: 'on, off or a folder',
    }),
    read: (text) => onOff(text) ?? text,
    default: true,
    shown: 'on',
    help: 'The console at /console; a folder where it was built elsewhere.',
  }),
  deadlineRead: row({
    env: ['HCA_DEADLINE_READ'],
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 600, description: 'seconds, above 0 and up to 600' }),
    read: seconds,
    default: 10,
    help: 'Seconds a read may take in all.',
  }),
  deadlineWrite: row({
    env: ['HCA_DEADLINE_WRITE'],
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 600, description: 'seconds, above 0 and up to 600' }),
    read: seconds,
    default: 30,
    help: 'Seconds a write may take in all.',
  }),
  workers: row({
    flag: 'workers',
    env: ['HCA_WORKERS'],
    schema: Type.Union([Type.Literal('auto'), Type.Integer({ minimum: 1, maximum: 256 })], {
      description: 'auto or a whole number from 1 to 256',
    }),
    read: countOrAuto,
    default: 1,
    help: 'Processes that serve; auto is one for each processor. Together they keep all limits: each has its part of them, and at least one of everything.',
  }),
  tokenFile: row({
    flag: 'token-file',
    env: ['HCA_TOKEN_FILE'],
    schema: Type.String({ minLength: 1, description: 'a file name' }),
    shown: 'huawei-cloud-api/tokens.db in XDG_STATE_HOME or ~/.local/state',
    help: 'File with the gateway tokens, as hashes. Without the file there are none.',
  }),
  auditFile: row({
    flag: 'audit-file',
    env: ['HCA_AUDIT_FILE'],
    schema: Type.String({ minLength: 1, description: 'a file name' }),
    help: 'File that keeps what was changed, for whom and with what outcome. Where it cannot be written, writes are refused.',
  }),
  metadataUrl: row({
    env: ['HCA_METADATA_URL'],
    schema: Type.String({ description: 'an http or https URL without path, query or user' }),
    read: url,
    default: 'http://169.254.169.254',
    help: 'Metadata service of the ECS that this runs on; profile `metadata` takes its keys there.',
  }),
  regionDeadline: row({
    env: ['HCA_REGION_DEADLINE'],
    schema: Type.Number({ exclusiveMinimum: 0, maximum: 600, description: 'seconds, above 0 and up to 600' }),
    read: seconds,
    default: 8,
    help: 'Seconds a region may take in all, where a list is asked from several.',
  }),
  logLevel: row({
    flag: 'log-level',
    env: ['HCA_LOG_LEVEL'],
    schema: Type.Enum([...LEVELS], { description: LEVELS.join(', ') }),
    default: 'info',
    help: 'What is logged, on stderr. One line a request at info.',
  }),
} as const
