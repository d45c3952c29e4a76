import { approvalsZh } from './areas/approvals.zh.ts'
import { createZh } from './areas/create.zh.ts'
import { errorsZh } from './areas/errors.zh.ts'
import { imagesZh } from './areas/images.zh.ts'
import { instanceZh } from './areas/instance.zh.ts'
import { instanceTypesZh } from './areas/instance-types.zh.ts'
import { instancesZh } from './areas/instances.zh.ts'
import { networksZh } from './areas/networks.zh.ts'
import { overviewZh } from './areas/overview.zh.ts'
import { partsZh } from './areas/parts.zh.ts'
import { quotasZh } from './areas/quotas.zh.ts'
import { regionsZh } from './areas/regions.zh.ts'
import { sandboxZh } from './areas/sandbox.zh.ts'
import { shellZh } from './areas/shell.zh.ts'
import { signInZh } from './areas/sign-in.zh.ts'
import { statusesZh } from './areas/statuses.zh.ts'
import type { Catalog } from './en.ts'

export const zh: Catalog = {
  approvals: approvalsZh,
  create: createZh,
  errors: errorsZh,
  images: imagesZh,
  instance: instanceZh,
  instanceTypes: instanceTypesZh,
  instances: instancesZh,
  networks: networksZh,
  overview: overviewZh,
  parts: partsZh,
  quotas: quotasZh,
  regions: regionsZh,
  sandbox: sandboxZh,
  shell: shellZh,
  signIn: signInZh,
  statuses: statusesZh,
}
