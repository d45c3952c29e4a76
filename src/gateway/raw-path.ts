import { pathPart, UNSAFE_SEGMENT } from '../huaweicloud/operation.ts'
import { GatewayError } from './errors.ts'

export interface RawPath {
  /** As it is written, decoded; perhaps no service of Huawei's. */
  service: string
  /** Encoded anew, `{project_id}` still in its braces. */
  path: string
}

/**
 * Takes `/api/raw/{service}/{path…}` apart as it came: what the router has decoded no longer tells a slash
 * from an escaped one. Every part is decoded once, so a doubly escaped one stays the text it is.
 */
export function readRawPath(url: string): RawPath {
  const [whole = ''] = url.replace(/^\w+:\/\/[^/?#]*/, '').split('?', 1)
  const [, , , service = '', ...parts] = whole.split('/').map(decoded)
  const last = parts.length - 1
  const faults = parts.flatMap((part, index) => (part === '' && index < last ? ['holds //'] : unsafe(part)))
  if (whole.includes('#')) faults.push('holds a #, which is written %23 in a path')
  const [description] = faults
  if (description)
    throw new GatewayError('INVALID_ARGUMENT', {
      message: `The path behind the service ${description}.`,
      violations: [{ field: 'path', description }],
      hostile: true,
    })
  return { service, path: `/${parts.map(pathPart).join('/')}` }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new GatewayError('MALFORMED_URL')
  }
}

const unsafe = (part: string) =>
  UNSAFE_SEGMENT.test(part)
    ? ['has a part that is . or .., or holds a slash, a backslash or a control character']
    : []
