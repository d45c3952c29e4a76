import type { Token } from './access.ts'
import { catalogOf } from './catalog.ts'
import { SANDBOX_USER } from './keys.ts'
import { findProject } from './project-book.ts'
import { account, type Project } from './projects.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export const projectOf = (token: Token | undefined, world: World): Project | undefined =>
  token?.scope.projectId === undefined ? undefined : findProject(world, token.scope.projectId)

export function answerWith(token: Token, ask: Ask, world: World, status: number): Answer {
  const domain = { id: account.domainId, name: account.domainName }
  const project = projectOf(token, world)
  const isScoped = project !== undefined || token.scope.domain === true
  const wantsCatalog =
    isScoped && !ask.query.pairs.some(([name, value]) => name === 'nocatalog' && value !== 'false')
  const view = {
    methods: token.methods,
    expires_at: micro(token.expiresAt),
    issued_at: micro(token.issuedAt),
    user: { id: account.userId, name: SANDBOX_USER.name, domain, password_expires_at: '' },
    ...(project ? { project: { id: project.id, name: project.name, domain } } : {}),
    ...(token.scope.domain ? { domain } : {}),
    ...(isScoped ? { roles } : {}),
    ...(wantsCatalog ? { catalog: catalogOf(ask, project) } : {}),
  }
  return { ...ok({ token: view }, status), headers: { 'X-Subject-Token': token.id } }
}

const roles = [
  { id: '0', name: 'te_admin' },
  { id: '0', name: 'op_gated_sandbox' },
]

/** Microseconds, as Keystone writes them. */
const micro = (time: number) => new Date(time).toISOString().replace('Z', '000Z')
