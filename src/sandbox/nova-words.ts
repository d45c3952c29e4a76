import { badRequest, conflict, forbidden, itemNotFound } from './nova-manner.ts'
import { Refusal } from './refusal.ts'
import type { Ask } from './service.ts'

/** Codes of ECS and IMS that OpenStack does not answer by a plain 400. */
const faults: Readonly<Record<string, (message: string) => Refusal>> = {
  'Ecs.0001': () => forbidden('Quota exceeded for cores, instances, ram'),
  'Ecs.0030': forbidden,
  'Ecs.0031': () => badRequest('Can not find requested image'),
  'Ecs.0032': () => badRequest('The requested image is not active.'),
  'Ecs.0100': conflict,
  'Ecs.0111': itemNotFound,
  'Ecs.0603': conflict,
  'Ecs.0605': conflict,
  'Ecs.0610': conflict,
  'Ecs.1000': itemNotFound,
  'IMG.0008': conflict,
  'IMG.0010': conflict,
  'IMG.0015': forbidden,
}

/** What ECS and IMS refuse by codes of their own, Nova does by HTTP status and text alone. */
export function inNovasWords<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const fault = faults[thrown.code] ?? (thrown.status === 404 ? itemNotFound : badRequest)
    throw fault(plain(thrown.message))
  }
}

/** Some texts of ECS hold an answer of Nova's as it was. */
function plain(message: string): string {
  if (!message.startsWith('{')) return message
  const [fault] = Object.values(JSON.parse(message) as Record<string, { message?: string }>)
  return fault?.message ?? message
}

/** The same request with another body, for work that ECS or IMS knows how to do. */
export const askedAs = (ask: Ask, body: Record<string, unknown>): Ask => ({ ...ask, object: () => body })
