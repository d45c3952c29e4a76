/** The canonical codes of google.rpc.Code that our answers use. */
export type Status =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'ABORTED'
  | 'FAILED_PRECONDITION'
  | 'RESOURCE_EXHAUSTED'
  | 'CANCELLED'
  | 'UNIMPLEMENTED'
  | 'INTERNAL'
  | 'UNAVAILABLE'
  | 'UNKNOWN'
  | 'DEADLINE_EXCEEDED'

interface Entry {
  code: number
  status: Status
  text: string
}

/**
 * Everything that we ourselves refuse, once: callers switch on the reason, people read the text, and the
 * HTTP status is chosen here. `docs/errors.md` is generated from it.
 */
export const catalogue = {
  INVALID_ARGUMENT: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'Some of the request is not as it must be.',
  },
  UNKNOWN_REGION: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'There is no such region for this service.',
  },
  REGION_NOT_OPENED: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'This account has no project in the region. Open the region once in the Huawei Cloud console, or send projectId.',
  },
  CREDENTIALS_CONFLICT: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'Keys came from two places that disagree. Send them once.',
  },
  CREDENTIALS_IN_URL: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'This server takes no keys in URLs. Send the headers X-Access-Key and X-Secret-Key, and replace these keys: URLs end up in logs.',
  },
  MALFORMED_JSON: { code: 400, status: 'INVALID_ARGUMENT', text: 'The body is not valid JSON.' },
  MALFORMED_URL: { code: 400, status: 'INVALID_ARGUMENT', text: 'The URL holds a broken percent escape.' },
  MALFORMED_HTTP: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'This is not a well-formed HTTP/1.1 request.',
  },
  INCOMPLETE_BODY: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'The connection was closed before the whole request had come.',
  },
  UPGRADE_NOT_SUPPORTED: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'This server speaks HTTP/1.1 only. Leave the Upgrade header out.',
  },
  MISSING_HOST: { code: 400, status: 'INVALID_ARGUMENT', text: 'The request has no Host header.' },
  INVALID_HOST: { code: 400, status: 'INVALID_ARGUMENT', text: 'The Host header is not one host and port.' },
  TARGET_HOST_MISMATCH: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'The request line names another host than the Host header.',
  },
  BODY_NOT_ALLOWED: {
    code: 400,
    status: 'INVALID_ARGUMENT',
    text: 'A GET or DELETE request takes no body here; use the query.',
  },
  CREDENTIALS_MISSING: {
    code: 401,
    status: 'UNAUTHENTICATED',
    text: 'Send an access key and a secret key with the request.',
  },
  CREDENTIALS_REJECTED: {
    code: 401,
    status: 'UNAUTHENTICATED',
    text: 'Huawei Cloud refused this key pair, or others with the same access key, several times. It is not sent again for a while, because Huawei locks an access key after a few failures.',
  },
  BASIC_FROM_BROWSER: {
    code: 401,
    status: 'UNAUTHENTICATED',
    text: 'Browsers remember HTTP Basic and repeat it unasked. From a page, send X-Access-Key and X-Secret-Key.',
  },
  SANDBOX_OFF: {
    code: 401,
    status: 'UNAUTHENTICATED',
    text: 'These are sandbox keys, and the sandbox is switched off on this server.',
  },
  TOKEN_UNKNOWN: {
    code: 401,
    status: 'UNAUTHENTICATED',
    text: 'This is no token of this server. `huawei-cloud-api token create` makes one.',
  },
  TOKEN_EXPIRED: { code: 401, status: 'UNAUTHENTICATED', text: 'This token has expired.' },
  TOKEN_REVOKED: { code: 401, status: 'UNAUTHENTICATED', text: 'This token was revoked.' },
  SCOPE_TOO_SMALL: {
    code: 403,
    status: 'PERMISSION_DENIED',
    text: 'This token may not do that.',
  },
  HOST_NOT_ALLOWED: {
    code: 403,
    status: 'PERMISSION_DENIED',
    text: 'This server does not answer to the name in the Host header. HCA_ALLOWED_HOSTS adds names.',
  },
  ORIGIN_NOT_ALLOWED: {
    code: 403,
    status: 'PERMISSION_DENIED',
    text: 'A page of another site may not call this server. HCA_ALLOWED_ORIGINS adds sites.',
  },
  LOOPBACK_ONLY: {
    code: 403,
    status: 'PERMISSION_DENIED',
    text: 'This is answered on the machine itself only.',
  },
  ROUTE_NOT_FOUND: {
    code: 404,
    status: 'NOT_FOUND',
    text: 'There is nothing at this path. GET / tells what there is.',
  },
  APPROVAL_OF_ONE_SELF: {
    code: 403,
    status: 'PERMISSION_DENIED',
    text: 'An agent came with these very keys, so whoever has them could be the agent. Give it a token of its own (`huawei-cloud-api token create`); then the keys can approve.',
  },
  APPROVAL_UNKNOWN: {
    code: 404,
    status: 'NOT_FOUND',
    text: 'Nothing with this id waits for the approval of these keys.',
  },
  APPROVAL_USED: {
    code: 409,
    status: 'FAILED_PRECONDITION',
    text: 'This was decided already. An approval is given once, and used once.',
  },
  APPROVAL_LATE: {
    code: 409,
    status: 'FAILED_PRECONDITION',
    text: 'This was asked more than two minutes ago. The agent can make another preview.',
  },
  MCP_SESSION_UNKNOWN: {
    code: 404,
    status: 'NOT_FOUND',
    text: 'This MCP session is over, or was begun with other credentials. Initialize another.',
  },
  MCP_NOT_INSTALLED: {
    code: 501,
    status: 'UNIMPLEMENTED',
    text: 'Agents are not served here: the package @modelcontextprotocol/sdk is not installed beside this server.',
  },
  METHOD_NOT_ALLOWED: {
    code: 405,
    status: 'UNIMPLEMENTED',
    text: 'This path is not called with this method.',
  },
  REQUEST_TIMEOUT: { code: 408, status: 'DEADLINE_EXCEEDED', text: 'The request took too long to arrive.' },
  BODY_TOO_LARGE: { code: 413, status: 'INVALID_ARGUMENT', text: 'The body is over 256 KiB.' },
  URI_TOO_LONG: { code: 414, status: 'INVALID_ARGUMENT', text: 'The URL is over 8 KiB.' },
  UNSUPPORTED_CONTENT_TYPE: {
    code: 415,
    status: 'INVALID_ARGUMENT',
    text: 'Send the body as Content-Type: application/json, in UTF-8 and not compressed.',
  },
  EXPECTATION_FAILED: {
    code: 417,
    status: 'INVALID_ARGUMENT',
    text: 'The Expect header may say 100-continue and nothing else.',
  },
  HEADERS_TOO_LARGE: {
    code: 431,
    status: 'INVALID_ARGUMENT',
    text: 'The headers are over 16 KiB, the request line included, or more than 100.',
  },
  RATE_LIMITED: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    text: 'This asks more often than this server allows. Retry-After says when to go on.',
  },
  CLIENT_LEFT: { code: 499, status: 'CANCELLED', text: 'The caller left before the answer.' },
  INTERNAL: { code: 500, status: 'INTERNAL', text: 'Something went wrong on our side.' },
  UPSTREAM_UNREACHABLE: { code: 502, status: 'UNAVAILABLE', text: 'Huawei Cloud could not be reached.' },
  UPSTREAM_DNS_FAILED: {
    code: 502,
    status: 'UNAVAILABLE',
    text: 'The name of the Huawei Cloud host could not be resolved.',
  },
  UPSTREAM_TLS_INVALID: {
    code: 502,
    status: 'UNAVAILABLE',
    text: 'The Huawei Cloud host could not prove who it is: its TLS certificate was not accepted.',
  },
  UPSTREAM_ADDRESS_FORBIDDEN: {
    code: 502,
    status: 'INTERNAL',
    text: 'The name of the Huawei Cloud host leads to an address where no such host can be; nothing was sent.',
  },
  UPSTREAM_ERROR: { code: 502, status: 'UNAVAILABLE', text: 'Huawei Cloud failed and gave no code.' },
  UPSTREAM_PROTOCOL_ERROR: {
    code: 502,
    status: 'INTERNAL',
    text: 'What came back was no JSON answer of Huawei Cloud.',
  },
  UPSTREAM_REDIRECT: {
    code: 502,
    status: 'INTERNAL',
    text: 'Huawei Cloud answered with a redirect, which is not followed: it would carry signed requests elsewhere.',
  },
  UPSTREAM_TRUNCATED: { code: 502, status: 'INTERNAL', text: 'The answer of Huawei Cloud broke off.' },
  UPSTREAM_TOO_LARGE: {
    code: 502,
    status: 'INTERNAL',
    text: 'The answer of Huawei Cloud is over 32 MiB, more than is read at once. Ask for smaller pages with limit.',
  },
  UPSTREAM_OUTCOME_UNKNOWN: {
    code: 502,
    status: 'UNKNOWN',
    text: 'The request was sent and its answer was lost: it may have been carried out. Look whether it was before you repeat it.',
  },
  OVERLOADED: {
    code: 503,
    status: 'UNAVAILABLE',
    text: 'Too much is asked at once, of this server or of the Huawei Cloud host. Nothing was done; try again.',
  },
  UPSTREAM_BREAKER_OPEN: {
    code: 503,
    status: 'UNAVAILABLE',
    text: 'Calls to this service in this region have failed again and again, so none is made for a moment; nothing was sent.',
  },
  TOKEN_HAS_NO_KEYS: {
    code: 503,
    status: 'UNAVAILABLE',
    text: 'The token is good, but its profile holds no keys at present. Whoever runs this server can tell why.',
  },
  TOKENS_UNREADABLE: {
    code: 503,
    status: 'UNAVAILABLE',
    text: 'The file with the tokens cannot be read at present. Whoever runs this server can tell why.',
  },
  AUDIT_UNAVAILABLE: {
    code: 503,
    status: 'UNAVAILABLE',
    text: 'What is written must be kept in an audit file, and that cannot be written at present: nothing was sent. Reads go on.',
  },
  SHUTTING_DOWN: { code: 503, status: 'UNAVAILABLE', text: 'This server is shutting down.' },
  UPSTREAM_TIMEOUT: { code: 504, status: 'DEADLINE_EXCEEDED', text: 'Huawei Cloud did not answer in time.' },
} as const satisfies Record<string, Entry>

export type Reason = keyof typeof catalogue
