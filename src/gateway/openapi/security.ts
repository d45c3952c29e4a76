import type { Route } from '../route.ts'
import type { Schema } from './types.ts'

const inHeader = (name: string, description: string): Schema => ({
  type: 'apiKey',
  in: 'header',
  name,
  description,
})

export const securitySchemes: Record<string, Schema> = {
  accessKey: inHeader('X-Access-Key', 'The access key (AK), together with the secret key.'),
  secretKey: inHeader('X-Secret-Key', 'The secret key (SK), together with the access key.'),
  securityToken: inHeader('X-Security-Token', 'Only beside temporary keys.'),
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'Access key and secret key as user and password (`curl -u AK:SK`). Refused from browsers.',
  },
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A gateway token (`hca_…`), which stands for keys kept by the server. Its scope must cover `x-scope` of the call.',
  },
}

const keys = { accessKey: [], secretKey: [] }

/** The ways to say who is asking; one of them is enough. */
export const anyOfThem = [keys, { ...keys, securityToken: [] }, { basic: [] }, { token: [] }]

/** Where keys may come as headers only, Basic is a header too. */
export const securityOf = (route: Pick<Route, 'needs'>) => (route.needs === 'none' ? [] : anyOfThem)
