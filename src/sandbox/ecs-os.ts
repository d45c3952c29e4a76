import Type from 'typebox'
import { refusePassword, refuseUserData } from './ecs-create-words.ts'
import { refuseArchitecture } from './ecs-image-fit.ts'
import { invalid, noSuchKeypair } from './ecs-refusals.ts'
import { bodyReader, managedTargetOf, refuseState, type Target } from './ecs-target.ts'
import { type Image, imageWithId, systemFactsOf } from './images.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { mayBeTakenDown, type SystemFacts } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { disksOf } from './volumes.ts'
import type { World } from './world.ts'

const Text = Type.Optional(Type.String())
const access = {
  adminpass: Text,
  keyname: Text,
  userid: Text,
  mode: Text,
  isAutoPay: Text,
  metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
}
const readChange = bodyReader(
  Type.Object({ 'os-change': Type.Object({ imageid: Type.String({ minLength: 1 }), ...access }) }),
)
const readReinstall = bodyReader(Type.Object({ 'os-reinstall': Type.Object(access) }))

type Wanted = ReturnType<typeof readReinstall>['os-reinstall']

/** https://support.huaweicloud.com/api-ecs/ecs_02_0204.html, and without cloud-init under the first version. */
export function changeServerOs(ask: Ask, world: World): Answer {
  const wanted = readChange(ask)['os-change']
  const target = managedTargetOf(ask, world)
  if (target.server.chargingMode === '1' && wanted.isAutoPay !== 'true')
    throw new Refusal(400, 'Ecs.0510', 'The OS of a yearly/monthly ECS cannot be changed without payment.')
  return rebuild(ask, world, target, 'changeOs', wanted, wanted.imageid)
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_0203.html */
export function reinstallServer(ask: Ask, world: World): Answer {
  const wanted = readReinstall(ask)['os-reinstall']
  const target = managedTargetOf(ask, world)
  return rebuild(ask, world, target, 'reinstallOs', wanted, target.server.imageId)
}

export interface RebuildPlan {
  readonly imageId: string
  readonly system: SystemFacts
  readonly keyName: string
  readonly userData: string | null
  /** Of the system disk that takes the place of the old one. */
  readonly volumeId: string
}

function rebuild(
  { project, region, path }: Ask,
  world: World,
  { holdings, server }: Target,
  kind: 'changeOs' | 'reinstallOs',
  wanted: Wanted,
  imageId: string,
): Answer {
  refuseAccess(wanted, holdings.keypairs)
  const userData = wanted.metadata?.user_data
  refuseUserData(userData)
  const image = imageWithId(holdings, region, imageId)
  if (!image) throw new Refusal(400, 'Ecs.0031', 'The image does not exist.')
  if (image.view.status !== 'active') throw new Refusal(400, 'Ecs.0032', 'The image is not active.')
  refuseArchitecture(image, region, server.flavor.id)
  refuseDisk({ holdings, server }, image)
  if (!mayBeTakenDown(server, wanted.mode)) throw refuseState()

  const plan: RebuildPlan = {
    imageId: image.id,
    system: systemFactsOf(image),
    keyName: wanted.keyname ?? '',
    userData: path.startsWith('/v2/') ? (userData ?? null) : null,
    volumeId: world.outside.uuid(),
  }
  const job = newJob(world.outside, project, kind, [{ serverId: server.id, plan: { ...plan } }])
  server.task = { jobId: job.id, kind }
  server.updated = job.begunAt
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

function refuseAccess({ adminpass, keyname, mode }: Wanted, keypairs: ReadonlyMap<string, unknown>): void {
  if (mode !== undefined && mode !== '' && mode !== 'withStopServer')
    throw invalid(`mode [${mode}] is invalid.`)
  if (adminpass && keyname) throw invalid('adminpass and keyname cannot both be given.')
  if (adminpass) refusePassword(adminpass)
  if (keyname && !keypairs.has(keyname)) throw noSuchKeypair(keyname)
}

function refuseDisk({ holdings, server }: Target, image: Image): void {
  const system = disksOf(holdings, server).find(({ attachment }) => attachment.bootIndex === 0)
  if (!system) throw new Refusal(400, 'Ecs.0105', 'The ECS has no system disk.')
  if (system.volume.status !== 'in-use')
    throw new Refusal(400, 'Ecs.0101', 'The system disk is being detached.')
  if (image.view.min_disk > system.volume.size)
    throw invalid(`The system disk is smaller than the image's min_disk ${image.view.min_disk}.`)
}
