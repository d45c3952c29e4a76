import Type from 'typebox'
import { issueTemporaryKey } from './access.ts'
import { Compile } from './check.ts'
import { GatewayRefusal, Refusal } from './refusal.ts'
import { type Answer, type Ask, type Manner, ok, type Row } from './service.ts'
import type { World } from './world.ts'

const invalidBody = () => new Refusal(400, 'IAM.0011', 'The request body is invalid.')

/** The younger calls of IAM refuse in a shape of their own. */
export const youngManner: Manner = {
  contentType: 'application/json;charset=UTF-8',
  shape: ({ code, message }) => ({ error_msg: message, error_code: code }),
  otherProject: (id) => new Refusal(404, 'IAM.0004', `Could not find project: ${id}.`),
  unreadable: invalidBody,
}

/** https://support.huaweicloud.com/api-iam/iam_04_0002.html */
export const temporaryKeyRows: readonly Row[] = [
  {
    name: 'CreateTemporaryAccessKeyByToken',
    method: 'POST',
    path: '/v3.0/OS-CREDENTIAL/securitytokens',
    without: ['CreateTemporaryAccessKeyByAgency'],
    partial: 'a `policy` that narrows the keys answers 501',
    manner: youngManner,
    handle: createTemporaryKey,
  },
]

const Methods = Compile(
  Type.Object({ auth: Type.Object({ identity: Type.Object({ methods: Type.Array(Type.String()) }) }) }),
)
const ByToken = Compile(
  Type.Object({
    auth: Type.Object({
      identity: Type.Object({
        token: Type.Optional(
          Type.Object({
            id: Type.Optional(Type.String()),
            duration_seconds: Type.Optional(Type.Integer()),
          }),
        ),
      }),
    }),
  }),
)
const BODY_LIMIT = 32 * 1024
const SHORTEST = 900
const LONGEST = 86_400

function createTemporaryKey(ask: Ask, world: World): Answer {
  if (ask.body.length > BODY_LIMIT)
    throw new Refusal(400, 'IAM.1101', `The request body size ${ask.body.length} is invalid.`)
  const body = ask.object()
  if (!Methods.Check(body)) throw new Refusal(400, 'IAM.1103', 'The methods is required in the request body.')
  const { identity } = body.auth
  if (identity.methods.length === 1 && identity.methods[0] === 'assume_role') throw notImitated()
  if ('policy' in identity) throw notImitated()
  if (identity.methods.length !== 1 || identity.methods[0] !== 'token')
    throw new Refusal(400, 'IAM.1102', 'The methods in the request body is invalid.')
  if (!ByToken.Check(body)) throw new Refusal(400, 'IAM.1102', 'The token in the request body is invalid.')
  const { id, duration_seconds: seconds = SHORTEST } = body.auth.identity.token ?? {}
  if (seconds < SHORTEST || seconds > LONGEST)
    throw new Refusal(400, 'IAM.1102', 'The duration_seconds in the request body is invalid.')
  refuseToken(id, world)
  const key = issueTemporaryKey(world.access, world.outside, world.outside.now() + seconds * 1_000)
  return ok(
    {
      credential: {
        access: key.accessKey,
        expires_at: new Date(key.expiresAt).toISOString().replace('Z', '000Z'),
        secret: key.secretKey,
        securitytoken: key.securityToken,
      },
    },
    201,
  )
}

/** The one in the body wins over the one in the header, which has been judged already. */
function refuseToken(id: string | undefined, world: World): void {
  if (id === undefined) return
  const token = world.access.tokens.get(id)
  if (!token) throw new Refusal(401, 'IAM.0067', 'The token is invalid.')
  if (world.outside.now() >= token.expiresAt) throw new Refusal(401, 'IAM.0066', 'The token has expired.')
}

const notImitated = () =>
  new GatewayRefusal(
    501,
    'SANDBOX.NOT_IMITATED',
    'Temporary keys by assume_role, or narrowed by a policy, are not imitated here, though Huawei Cloud has them.',
  )
