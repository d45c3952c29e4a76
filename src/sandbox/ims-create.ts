import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import type { ImagePlan } from './finish-images.ts'
import type { Holdings } from './holdings.ts'
import { imageWithId, type OwnImage } from './images.ts'
import { newImageView } from './ims-new-image.ts'
import { imsInvalid, ownImageOf, refuseImageDescription, refuseImageName } from './ims-refusals.ts'
import { tagsFrom } from './ims-tags.ts'
import { type JobPart, newJob } from './jobs.ts'
import type { Server } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { disksOf, type Volume } from './volumes.ts'
import type { World } from './world.ts'

export const imageQuota = 100

const Text = Type.Optional(Type.String())
const Described = {
  name: Type.Optional(Type.Unknown()),
  description: Type.Optional(Type.Unknown()),
  tags: Type.Optional(Type.Unknown()),
  image_tags: Type.Optional(Type.Unknown()),
}
const DataImage = Type.Object({ ...Described, volume_id: Text })
const Body = Type.Object({
  ...Described,
  instance_id: Text,
  enterprise_project_id: Text,
  min_ram: Type.Optional(Type.Unknown()),
  max_ram: Type.Optional(Type.Unknown()),
  data_images: Type.Optional(Type.Array(DataImage)),
  image_url: Text,
  volume_id: Text,
  os_version: Text,
})
const check = Compile(Body)
type Wanted = Static<typeof Body>

/** https://support.huaweicloud.com/api-ims/ims_03_0706.html: from a server, its data disks, a disk or a file. */
export function createImage(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!check.Check(body)) throw imsInvalid('0001', 'The format of the request body is incorrect.')
  const holdings = world.holdings(ask.project)
  refuseEnterpriseProject(body.enterprise_project_id)
  const ram = { min: ramOf(body.min_ram), max: ramOf(body.max_ram) }
  if (ram.max !== undefined && ram.max > 0 && (ram.min ?? 0) > ram.max)
    throw imsInvalid('0055', 'min_ram must not exceed max_ram.')
  const sources = sourcesOf(body, holdings)
  if (holdings.images.size + sources.length > imageQuota)
    throw imsInvalid('0015', 'Insufficient image quota.')

  const now = world.outside.now()
  const made = sources.map((source) => {
    const id = world.outside.uuid()
    const facts = imageWithId(holdings, ask.region, source.imageId)?.view
    const view = newImageView({
      id,
      name: source.name,
      description: source.description,
      owner: ask.project.id,
      now,
      origin: source.origin,
      minDisk: Math.max(source.size, 10),
      minRam: ram.min,
      maxRam: ram.max,
      tags: source.tags,
      source: { ...source.facts, ...facts, ...(body.os_version ? { __os_version: body.os_version } : {}) },
      isData: source.isData,
    })
    return { id, view, source }
  })
  const all = made.map(({ id }) => id)
  const task = body.instance_id ? 'CreateImageByInstanceTask' : 'CreateImageByVolumeTask'
  const parts = made.map(({ id, source }): Omit<JobPart, 'id'> => {
    const plan: ImagePlan = { name: source.name, size: String(source.size * 1_073_741_824), task, all }
    return {
      imageId: id,
      ...(source.server ? { serverId: source.server.id } : {}),
      ...(source.volume ? { volumeId: source.volume.id } : {}),
      plan: { ...plan },
    }
  })
  const job = newJob(world.outside, ask.project, body.instance_id ? 'createImage' : 'createDataImage', parts)
  for (const { id, view, source } of made) {
    holdings.images.set(id, { view })
    if (source.server) source.server.task = { jobId: job.id, kind: 'createImage' }
    if (source.volume && !source.server) source.volume.status = 'uploading'
  }
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

interface Source {
  readonly name: string
  readonly description: string
  readonly tags: readonly string[]
  readonly origin: string
  readonly size: number
  readonly imageId: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly isData: boolean
  readonly server?: Server
  readonly volume?: Volume
}

function sourcesOf(body: Wanted, holdings: Holdings): Source[] {
  const { instance_id, image_url, volume_id, data_images = [] } = body
  if (image_url !== undefined) {
    refuseImageName(body.name, holdings)
    // There is no object storage here, and so nothing in it.
    throw imsInvalid('0121', `The object ${image_url} could not be found.`)
  }
  if (instance_id === undefined && volume_id === undefined && data_images.length === 0)
    throw imsInvalid('0012', 'The ECS ID is missing.')
  const data = data_images.map((each) => fromVolume(each, each.volume_id, holdings, true))
  const whole =
    instance_id !== undefined
      ? [fromServer(body, instance_id, holdings)]
      : volume_id !== undefined
        ? [fromVolume(body, volume_id, holdings, false)]
        : []
  if (volume_id !== undefined && !body.os_version) throw imsInvalid('0001', 'os_version is missing.')
  const names = [...whole, ...data].map(({ name }) => name)
  if (new Set(names).size < names.length) throw imsInvalid('0009', 'The image names must differ.')
  return [...whole, ...data]
}

type Words = Pick<Wanted, 'name' | 'description' | 'tags' | 'image_tags'>

function wordsOf(words: Words, holdings: Holdings) {
  refuseImageName(words.name, holdings)
  if (words.description !== undefined) refuseImageDescription(words.description)
  return {
    name: String(words.name),
    description: String(words.description ?? ''),
    tags: tagsFrom(words.tags, words.image_tags),
  }
}

function fromServer(words: Words, id: string, holdings: Holdings): Source {
  const described = wordsOf(words, holdings)
  const server = holdings.servers.get(id)
  if (!server) throw imsInvalid('0005', `The ECS ${id} does not exist.`)
  if (server.task) throw imsInvalid('0010', `The ECS ${id} has a task in progress.`)
  if (server.vmState !== 'stopped') throw imsInvalid('0008', `The ECS ${id} is not stopped.`)
  const system = disksOf(holdings, server).find(({ attachment }) => attachment.bootIndex === 0)
  if (!system) throw imsInvalid('0022', `The ECS ${id} has no system disk.`)
  const { imageName, osType, osBit } = server.system
  return {
    ...described,
    origin: `instance,${id}`,
    size: system.volume.size,
    imageId: server.imageId,
    facts: { __os_type: osType, __os_bit: osBit, __os_version: imageName, __platform: 'Other' },
    isData: false,
    server,
  }
}

function fromVolume(words: Words, id: string | undefined, holdings: Holdings, isData: boolean): Source {
  const described = wordsOf(words, holdings)
  const volume = holdings.volumes.get(id ?? '')
  if (!volume || (isData && volume.bootable))
    throw imsInvalid('0120', `The data disk ${id ?? ''} does not exist.`)
  if (volume.status !== 'available' && volume.status !== 'in-use')
    throw imsInvalid('0022', `The disk ${volume.id} is ${volume.status}.`)
  return {
    ...described,
    origin: `volume,${volume.id}`,
    size: volume.size,
    imageId: volume.imageId ?? '',
    facts: { __os_type: 'Linux', __os_bit: '64', __platform: 'Other' },
    isData,
    volume,
  }
}

function refuseEnterpriseProject(id: string | undefined): void {
  if (id !== undefined && id !== '' && id !== '0')
    throw imsInvalid('0155', `The enterprise project ${id} does not exist.`)
}

function ramOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (!Number.isInteger(value) || Number(value) < 0)
    throw imsInvalid('0055', 'min_ram and max_ram must be whole numbers of MB.')
  return Number(value)
}

const checkCopy = Compile(
  Type.Object({
    name: Type.Unknown(),
    description: Type.Optional(Type.Unknown()),
    cmk_id: Text,
    enterprise_project_id: Text,
  }),
)

/** https://support.huaweicloud.com/api-ims/ims_03_1204.html */
export function copyImageInRegion(ask: Ask, world: World): Answer {
  const body = ask.object()
  const holdings = world.holdings(ask.project)
  refuseImageName(body.name, holdings)
  if (!checkCopy.Check(body)) throw imsInvalid('0001', 'The format of the request body is incorrect.')
  if (body.description !== undefined) refuseImageDescription(body.description)
  refuseEnterpriseProject(body.enterprise_project_id)
  const { view }: OwnImage = ownImageOf(ask, world, 'extension')
  if (view.status !== 'active') throw imsInvalid('0046', `The image ${view.id} is not available.`)
  if (holdings.images.size >= imageQuota) throw imsInvalid('0015', 'Insufficient image quota.')
  const id = world.outside.uuid()
  const copy = newImageView({
    id,
    name: String(body.name),
    description: String(body.description ?? view.__description ?? ''),
    owner: ask.project.id,
    now: world.outside.now(),
    origin: `image,${ask.region.id},${view.id}`,
    minDisk: view.min_disk,
    minRam: Number(view.min_ram),
    maxRam: Number(view.max_ram),
    tags: [],
    source: view,
    isData: view.virtual_env_type === 'DataImage',
  })
  holdings.images.set(id, { view: copy })
  const plan: ImagePlan = {
    name: copy.name,
    size: String(view.__image_size ?? '0'),
    task: 'CopyImageInRegionTask',
    all: [id],
  }
  const job = newJob(world.outside, ask.project, 'copyImage', [{ imageId: id, plan: { ...plan } }])
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}
