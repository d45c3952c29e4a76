import type { Query } from './query.ts'
import { readingOf, type Server } from './servers.ts'

/** Some states stand for others too: who asks for ACTIVE also gets what is just being rebooted. */
const widened: Record<string, readonly string[]> = {
  ACTIVE: ['REBOOT', 'HARD_REBOOT', 'REBUILD', 'MIGRATING', 'RESIZE'],
  SHUTOFF: ['RESIZE', 'REBUILD'],
  ERROR: ['REBUILD'],
  VERIFY_RESIZE: ['REVERT_RESIZE'],
}

/** https://support.huaweicloud.com/api-ecs/zh-cn_topic_0094148850.html; unknown parameters ask nothing. */
export function filterOf(query: Query): (server: Server) => boolean {
  const tests: ((server: Server) => boolean)[] = []
  const given = (name: string, test: (value: string) => (server: Server) => boolean) => {
    const value = query.get(name)
    if (value !== undefined) tests.push(test(value))
  }
  given('name', (value) => {
    const pattern = fuzzy(value)
    return ({ name }) => pattern.test(name)
  })
  given('ip', (value) => {
    const pattern = fuzzy(value)
    return ({ nics }) => nics.some(({ address }) => pattern.test(address))
  })
  given(
    'ip_eq',
    (value) =>
      ({ nics }) =>
        nics.some(({ address }) => address === value),
  )
  given(
    'flavor',
    (value) =>
      ({ flavor }) =>
        flavor.id === value,
  )
  given('status', (value) => {
    const states = [value, ...(Object.hasOwn(widened, value) ? (widened[value] ?? []) : [])]
    return (server) => states.includes(readingOf(server, 0).status)
  })
  given('tags', (value) => (server) => value.split(',').every((tag) => hasTag(server, tag)))
  given('not-tags', (value) => (server) => !value.split(',').some((tag) => hasTag(server, tag)))
  given(
    'reservation_id',
    (value) =>
      ({ reservationId }) =>
        reservationId === value,
  )
  given('enterprise_project_id', (value) => (server) => {
    return value === 'all_granted_eps' || server.enterpriseProjectId === value
  })
  return (server) => tests.every((test) => test(server))
}

/** Found anywhere in the text, with `.` for any character; nothing else of a regular expression works. */
export function fuzzy(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$*+?()[\]{}|]/g, '\\$&'), 's')
}

/** By the whole tag, or by its key alone. */
export const hasTag = (server: Server, tag: string) =>
  server.tags.some((own) => own === tag || own.split('=', 1)[0] === tag)
