import type { Kept } from './row.ts'

export const UNKNOWN = '00000000-0000-4000-8000-000000000000'
export const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
export const FLAVOR = 'ac6.12xlarge.2'

/** The smallest body that makes a server, with what a row wants otherwise. */
export const server =
  (changes: Record<string, unknown> = {}, around: Record<string, unknown> = {}) =>
  (kept: Kept) => ({
    body: {
      ...around,
      server: {
        name: 'contract',
        imageRef: IMAGE,
        flavorRef: FLAVOR,
        vpcid: kept.vpc,
        nics: [{ subnet_id: kept.subnet }],
        root_volume: { volumetype: 'SATA', size: 60 },
        ...changes,
      },
    },
  })

export const one =
  (more: Record<string, unknown> = {}) =>
  (kept: Kept) => ({ server_id: kept.server, ...more })

export const these = (key: string, type?: string) => (kept: Kept) => ({
  body: { [key]: { ...(type && { type }), servers: [{ id: kept.server }] } },
})
