/** What a refusal says, whichever of Huawei's services wrote it. */
export interface Refusal {
  /** Huawei's code as it writes it, `Ecs.0114`; undefined when the body names none. */
  readonly code?: string
  readonly message?: string
  /** The code among `details`, where ECS puts the specific one. */
  readonly detailCode?: string
  readonly requestId?: string
  /** The whole body: an object when it was JSON, else its text; undefined when it was empty. */
  readonly body?: unknown
}

type Fields = Record<string, unknown>

/**
 * Reads every shape in which Huawei Cloud says no. From the most specific down:
 * ECS, IMS and IAM nest `error`; the gateway, VPC v3 and newer IAM say `error_code`/`error_msg`; VPC v1 is
 * flat; Neutron and Nova have one named object. Anything else (HTML of a proxy) keeps its text.
 */
export function readRefusal(text: string): Refusal {
  const body = parsed(text)
  if (!isFields(body)) return text.trim() ? { body: body ?? text } : {}
  const said = [nested(body), gatewayStyle(body), flat(body), neutron(body), named(body)].find(
    (found) => found,
  )
  return { ...said, ...requestIdOf(body), body }
}

/** A 2xx that carries an error instead of a result, as `202 Common.0024` (flow control) does. */
export function refusalInSuccess(text: string): Refusal | undefined {
  const body = parsed(text)
  if (!isFields(body) || textOf(body.job_id)) return undefined
  const said = nested(body) ?? gatewayStyle(body)
  return said?.code ? { ...said, ...requestIdOf(body), body } : undefined
}

function requestIdOf({ request_id }: Fields): Refusal {
  const requestId = textOf(request_id)
  return requestId ? { requestId } : {}
}

function nested({ error }: Fields): Refusal | undefined {
  if (!isFields(error)) return undefined
  const detail = Array.isArray(error.details) ? error.details.find(isFields) : undefined
  return said(
    // IAM's number only repeats the status; its title says more.
    typeof error.code === 'number' ? (error.title ?? error.code) : (error.code ?? error.error_code),
    error.message ?? error.error_msg,
    detail?.code ?? detail?.error_code,
  )
}

const gatewayStyle = (body: Fields) =>
  body.error_code === undefined && body.error_msg === undefined
    ? undefined
    : said(body.error_code, body.error_msg)

const flat = (body: Fields) =>
  textOf(body.code) && textOf(body.message) !== undefined ? said(body.code, body.message) : undefined

const neutron = ({ NeutronError: error }: Fields) =>
  isFields(error) ? said(error.type, [error.message, error.detail].filter(Boolean).join(' ')) : undefined

/** Nova: `{"itemNotFound":{"message":"…","code":404}}`. The name is the code that tells something. */
function named(body: Fields): Refusal | undefined {
  for (const [name, value] of Object.entries(body)) {
    if (isFields(value) && textOf(value.message) !== undefined) return said(name, value.message)
  }
  return undefined
}

/** Undefined when it says nothing, so that another place in the body gets its turn. */
function said(code: unknown, message: unknown, detailCode?: unknown): Refusal | undefined {
  const refusal = { code: textOf(code), message: textOf(message), detailCode: textOf(detailCode) }
  const given = Object.entries(refusal).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
