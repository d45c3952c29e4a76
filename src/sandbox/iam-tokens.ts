import Type, { type Static } from 'typebox'
import { issueToken, type Scope, type Token } from './access.ts'
import { catalogOf } from './catalog.ts'
import { Compile } from './check.ts'
import { answerWith, projectOf } from './iam-token-view.ts'
import { SANDBOX_USER } from './keys.ts'
import { findProject, projectsIn } from './project-book.ts'
import { account } from './projects.ts'
import { GatewayRefusal, Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-iam/iam_30_0001.html and its neighbours. */
export const tokenRows: readonly Row[] = [
  {
    name: 'KeystoneCreateUserTokenByPassword',
    method: 'POST',
    path: '/v3/auth/tokens',
    without: ['KeystoneCreateAgencyToken', 'KeystoneCreateUserTokenByPasswordAndMfa'],
    open: true,
    handle: createToken,
  },
  { name: 'KeystoneValidateToken', method: 'GET', path: '/v3/auth/tokens', handle: validateToken },
  { name: 'KeystoneShowCatalog', method: 'GET', path: '/v3/auth/catalog', handle: showCatalog },
]

const VALID = 24 * 3_600_000

const Text = Type.String({ minLength: 1, maxLength: 10_000 })
const Named = Type.Object({ id: Type.Optional(Text), name: Type.Optional(Text) })
const InDomain = Type.Object({ ...Named.properties, domain: Type.Optional(Named) })
const Auth = Type.Object({
  identity: Type.Object({
    methods: Type.Array(Text, { minItems: 1 }),
    password: Type.Optional(Type.Object({ user: Type.Object({ ...InDomain.properties, password: Text }) })),
    token: Type.Optional(Type.Object({ id: Text })),
  }),
  scope: Type.Optional(
    Type.Union([
      Type.Object({ project: InDomain }),
      Type.Object({ domain: Named }),
      Type.Object({ unscoped: Type.Object({}) }),
      Type.Literal('unscoped'),
      Type.Object({}, { additionalProperties: false }),
    ]),
  ),
})
const Body = Compile(Type.Object({ auth: Auth }))

type Named = Static<typeof Named>
type InDomain = Static<typeof InDomain>
type Identity = Static<typeof Auth>['identity']

function createToken(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw new Refusal(400, '400', 'The request body is invalid')
  const { identity, scope } = body.auth
  const now = world.outside.now()
  const { methods, expiresAt } = prove(identity, world, now)
  const token = issueToken(world.access, world.outside, {
    methods,
    issuedAt: now,
    expiresAt,
    scope: scopeOf(scope, world),
  })
  return answerWith(token, ask, world, 201)
}

/** Who knows the password gets a full day; who brings a token, what is left of its. */
function prove(identity: Identity, world: World, now: number): Pick<Token, 'methods' | 'expiresAt'> {
  const { methods, password, token } = identity
  const [method] = methods
  if (methods.length === 1 && method === 'password' && password) {
    if (!isTheUser(password.user)) throw wrongPassword()
    return { methods, expiresAt: now + VALID }
  }
  if (methods.length === 1 && method === 'token' && token) {
    const known = world.access.tokens.get(token.id)
    if (!known || now >= known.expiresAt) throw unauthorized()
    return { methods: [...new Set(['token', ...known.methods])], expiresAt: known.expiresAt }
  }
  if (methods.every((each) => ['password', 'token'].includes(each)))
    throw new Refusal(400, '400', 'The request body is invalid')
  throw new GatewayRefusal(
    501,
    'SANDBOX.NOT_IMITATED',
    `Tokens by ${methods.join(' and ')} are not imitated here, though Huawei Cloud has them.`,
  )
}

function isTheUser(user: InDomain & { password: string }): boolean {
  const known =
    user.id === undefined
      ? user.name === SANDBOX_USER.name && isTheDomain(user.domain ?? {})
      : user.id === account.userId
  return known && user.password === SANDBOX_USER.password
}

function isTheDomain({ id, name }: Named): boolean {
  return id === undefined ? name === account.domainName : id === account.domainId
}

const wrongPassword = () => new Refusal(401, '401', 'The username or password is wrong.')
const unauthorized = () => new Refusal(401, '401', 'The request you have made requires authentication.')

function scopeOf(scope: Static<typeof Auth>['scope'], world: World): Scope {
  if (typeof scope !== 'object') return {}
  if ('domain' in scope) {
    if (!isTheDomain(scope.domain)) throw unauthorized()
    return { domain: true }
  }
  if (!('project' in scope)) return {}
  const { id, name, domain } = scope.project
  if (domain && !isTheDomain(domain)) throw unauthorized()
  const project =
    id === undefined ? projectsIn(world).find((each) => each.name === name) : findProject(world, id)
  if (!project) throw unauthorized()
  return { projectId: project.id }
}

/** The token to judge is in a header of its own, beside the one that the caller proves itself by. */
function validateToken(ask: Ask, world: World): Answer {
  const token = world.access.tokens.get(ask.header('x-subject-token') ?? '')
  if (!token || world.outside.now() >= token.expiresAt) throw new Refusal(404, '404', 'Could not find token.')
  return answerWith(token, ask, world, 200)
}

function showCatalog(ask: Ask, world: World): Answer {
  const project = projectOf(ask.token, world)
  if (!project)
    throw new Refusal(
      403,
      '403',
      'You are not authorized to perform the requested action: identity:get_auth_catalog.',
    )
  return ok({
    catalog: catalogOf(ask, project),
    links: { self: 'https://iam.myhuaweicloud.com/v3/auth/catalog', previous: null, next: null },
  })
}
