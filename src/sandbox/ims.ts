import { runsOn } from './ecs-image-fit.ts'
import { flavorWithId } from './flavors.ts'
import { glanceRows } from './glance-schemas.ts'
import { type Image, imagesOf, imageWithId, jsonOf } from './images.ts'
import { fits, type Order, orderOf } from './ims-filters.ts'
import { imageRows } from './ims-operations.ts'
import type { Query } from './query.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, type Service, written } from './service.ts'
import { showJob } from './show-job.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ims/ims_03_0702.html and its neighbours. */
export const ims: Service = {
  name: 'ims',
  rows: [
    ...glanceRows,
    { name: 'GlanceListImages', method: 'GET', path: '/v2/images', handle: glanceListImages },
    { name: 'GlanceShowImage', method: 'GET', path: '/v2/images/{image_id}', handle: glanceShowImage },
    { name: 'ListImages', method: 'GET', path: '/v2/cloudimages', handle: listImages },
    { name: 'ShowJob', method: 'GET', path: '/v1/{project_id}/jobs/{job_id}', handle: showJob },
    ...imageRows,
  ],
  contentType: 'application/json',
  shape: ({ code, message }) => ({ error: { code, message } }),
  otherProject: () =>
    new Refusal(400, 'IMG.0030', 'The project ID in the request does not match the project ID of the token.'),
  unreadable: (reason) =>
    reason === 'empty'
      ? new Refusal(400, 'IMG.0007', 'The request body is empty.')
      : new Refusal(400, 'IMG.0001', 'The format of the request body is incorrect.'),
}

/** Links are relative and carry their parameters as the caller meant them, not escaped. */
function glanceListImages({ project, region, query }: Ask, world: World): Answer {
  const { page, more } = pageOf(imagesOf(world.holdings(project), region).filter(filterOf(query)), query, 25)
  const kept = query.pairs
    .filter(([name]) => name !== '__isregistered' && name !== 'marker')
    .map(([name, value]) => `&${name}=${value}`)
    .join('')
  const start = '/v2/images?__isregistered=true'
  const last = page.at(-1)
  const next = more && last ? `,"next":${JSON.stringify(`${start}&marker=${last.id}${kept}`)}` : ''
  const first = JSON.stringify(start + kept)
  return written(
    `{"first":${first},"images":[${page.map(jsonOf).join(',')}]${next},"schema":"/v2/schemas/images"}`,
  )
}

function listImages({ project, region, query }: Ask, world: World): Answer {
  const flavorId = query.get('flavor_id')
  const flavor = flavorId === undefined ? undefined : flavorWithId(region, flavorId)
  if (flavorId !== undefined && !flavor) throw new Refusal(400, 'IMG.0191', 'The flavor does not exist.')
  const filter = hasEnterpriseProject(query) ? filterOf(query) : () => false
  const found = imagesOf(world.holdings(project), region).filter(
    (image) =>
      filter(image) &&
      (!flavor || (image.view.visibility === 'public' && runsOn(image, flavor))) &&
      fitsArchitecture(image, query.get('architecture')),
  )
  return written(`{"images":[${pageOf(found, query, 500).page.map(jsonOf).join(',')}]}`)
}

/** There is only the default enterprise project, `0`. */
function hasEnterpriseProject(query: Query): boolean {
  return ['0', 'all_granted_eps'].includes(query.get('enterprise_project_id') ?? '0')
}

function fitsArchitecture(image: Image, wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  if (wanted !== 'x86' && wanted !== 'arm') throw new Refusal(400, 'IMG.0212', 'The architecture is invalid.')
  return (image.view.__support_arm === 'true') === (wanted === 'arm')
}

function glanceShowImage({ project, region, params }: Ask, world: World): Answer {
  const id = params.image_id ?? ''
  const image = imageWithId(world.holdings(project), region, id)
  if (!image) throw new Refusal(404, 'IMG.0027', `No image found with ID ${id}`)
  return written(jsonOf(image))
}

function filterOf(query: Query): (image: Image) => boolean {
  const filters = query.pairs.filter(([, value]) => value !== '')
  for (const [name, value] of filters)
    if (!fits.isReadable(name, value))
      throw new Refusal(400, 'IMG.0017', `The query parameter ${name} is invalid.`)
  return ({ view }) => filters.every(([name, value]) => fits.one(view, name, value))
}

function pageOf(images: readonly Image[], query: Query, otherwise: number) {
  const limit = query.whole('limit', otherwise)
  const order: Order | undefined = orderOf(query.get('sort_key'), query.get('sort_dir'))
  if (limit === undefined || !order)
    throw new Refusal(
      400,
      'IMG.0017',
      `The query parameter ${order ? 'limit' : 'sort_key or sort_dir'} is invalid.`,
    )
  const sorted = order.isDefault ? images : images.toSorted((a, b) => order.compare(a.view, b.view))
  const start = startAfter(sorted, query.get('marker'))
  const end = start + Math.min(limit, MOST)
  return { page: sorted.slice(start, end), more: end < sorted.length }
}

const MOST = 1_000

function startAfter(images: readonly Image[], marker: string | undefined): number {
  if (marker === undefined) return 0
  const at = images.findIndex(({ id }) => id === marker)
  if (at < 0) throw new Refusal(400, 'IMG.0017', `The marker ${marker} could not be found.`)
  return at + 1
}
