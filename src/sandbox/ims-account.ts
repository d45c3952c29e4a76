import { type ImageView, imagesOf } from './images.ts'
import { imageQuota } from './ims-create.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { jobView } from './show-job.ts'
import type { World } from './world.ts'

export function showImageQuota({ project }: Ask, world: World): Answer {
  const used = world.holdings(project).images.size
  return ok({ quotas: { resources: [{ type: 'image', used, quota: imageQuota, min: 1, max: 1_000 }] } })
}

/** https://support.huaweicloud.com/api-ims/ims_03_1001.html: here alone the width of a system is a number. */
export function listOsVersions({ project, region, query }: Ask, world: World): Answer {
  const tag = query.get('tag')
  const views = imagesOf(world.holdings(project), region)
    .map(({ view }) => view)
    .filter((view) => view.__imagetype === 'gold' && fits(view, tag))
  const platforms = new Map<string, Map<string, object>>()
  for (const view of views.toSorted((a, b) => (String(a.__os_version) < String(b.__os_version) ? -1 : 1))) {
    const platform = String(view.__platform)
    const versions = platforms.get(platform) ?? new Map<string, object>()
    const version = String(view.__os_version)
    platforms.set(
      platform,
      versions.set(version, {
        platform,
        os_version_key: version,
        os_version: version,
        os_bit: Number(view.__os_bit),
        os_type: view.__os_type,
      }),
    )
  }
  return ok(
    [...platforms]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([platform, versions]) => ({ platform, version_list: [...versions.values()] })),
  )
}

function fits(view: ImageView, tag: string | undefined): boolean {
  if (tag === 'arm') return view.__support_arm === 'true'
  if (tag === 'x86') return view.__support_arm !== 'true'
  if (tag === 'uefi') return view.hw_firmware_type === 'uefi'
  return true
}

/** The same job once more, with other keys about its parts. */
export function showJobProgress({ project, params }: Ask, world: World): Answer {
  const id = params.job_id ?? ''
  const job = world.look(id)
  if (!job || job.projectId !== project.id || !jobIsOurs(job.kind))
    throw new Refusal(400, 'IMG.0023', `Failed to query the job ${id}.`)
  const { entities, ...view } = jobView(job, world.holdings(project), world)
  const { results: _, ...shown } = entities as Record<string, unknown>
  return ok({ ...view, entities: { ...shown, subJobId: job.parts[0]?.id ?? '' } })
}

const jobIsOurs = (kind: string) => ['createImage', 'createDataImage', 'copyImage'].includes(kind)
