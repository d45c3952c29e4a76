import { approvalsEn } from './areas/approvals.en.ts'
import { createEn } from './areas/create.en.ts'
import { errorsEn } from './areas/errors.en.ts'
import { imagesEn } from './areas/images.en.ts'
import { instanceEn } from './areas/instance.en.ts'
import { instanceTypesEn } from './areas/instance-types.en.ts'
import { instancesEn } from './areas/instances.en.ts'
import { networksEn } from './areas/networks.en.ts'
import { overviewEn } from './areas/overview.en.ts'
import { partsEn } from './areas/parts.en.ts'
import { quotasEn } from './areas/quotas.en.ts'
import { regionsEn } from './areas/regions.en.ts'
import { sandboxEn } from './areas/sandbox.en.ts'
import { shellEn } from './areas/shell.en.ts'
import { signInEn } from './areas/sign-in.en.ts'
import { statusesEn } from './areas/statuses.en.ts'
import type { Words } from './words.ts'

export const en = {
  approvals: approvalsEn,
  create: createEn,
  errors: errorsEn,
  images: imagesEn,
  instance: instanceEn,
  instanceTypes: instanceTypesEn,
  instances: instancesEn,
  networks: networksEn,
  overview: overviewEn,
  parts: partsEn,
  quotas: quotasEn,
  regions: regionsEn,
  sandbox: sandboxEn,
  shell: shellEn,
  signIn: signInEn,
  statuses: statusesEn,
}

/** What every language has. */
export type Catalog = Words<typeof en>
