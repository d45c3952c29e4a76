import type { ParamsOf } from '../../packages/client/src/index.ts'

type KeysOf<T> = T extends unknown ? keyof T : never

/** Held to the schema of the call by the compiler: one too few or too many does not build. */
const names: Record<KeysOf<ParamsOf<'createInstances'>>, true> = {
  adminPassword: true,
  autoRename: true,
  autoTerminateTime: true,
  availabilityZone: true,
  batchCreateInMultiAz: true,
  charging: true,
  count: true,
  dataVolumes: true,
  description: true,
  dryRun: true,
  enterpriseProjectId: true,
  imageId: true,
  instanceType: true,
  keyName: true,
  metadata: true,
  name: true,
  nics: true,
  projectId: true,
  publicIp: true,
  regionId: true,
  rootVolume: true,
  schedulerHints: true,
  securityGroupIds: true,
  server: true,
  tags: true,
  userData: true,
  userDataEncoding: true,
  vpcId: true,
}

/** What a file of a create may hold; `region` is what `regionId` is also called. */
export const createNames: readonly string[] = [...Object.keys(names), 'region']
