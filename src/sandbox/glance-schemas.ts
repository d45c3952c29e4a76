import { baseOf } from './catalog.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** https://support.huaweicloud.com/api-ims/ims_03_0706.html and its neighbours: what images and members look like. */
export const glanceRows: readonly Row[] = [
  { name: 'GlanceListVersions', method: 'GET', path: '/', open: true, handle: listVersions },
  { name: 'GlanceShowImageSchemas', method: 'GET', path: '/v2/schemas/image', handle: showImage },
  { name: 'GlanceListImageSchemas', method: 'GET', path: '/v2/schemas/images', handle: showImages },
  { name: 'GlanceShowImageMemberSchemas', method: 'GET', path: '/v2/schemas/member', handle: showMember },
  { name: 'GlanceListImageMemberSchemas', method: 'GET', path: '/v2/schemas/members', handle: showMembers },
]

function listVersions(ask: Ask): Answer {
  const links = [{ rel: 'self', href: `${baseOf(ask, 'ims', ask.region.id)}/v2/` }]
  return ok({ versions: [{ id: 'v2.3', status: 'CURRENT', links }] }, 300)
}

const uuid = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'
const text = { type: 'string' }
const time = { type: 'string', format: 'date-time', description: 'in UTC' }
const size = { type: 'integer', description: 'in bytes' }

const imageProperties = {
  id: { type: 'string', pattern: uuid },
  name: { type: ['null', 'string'], maxLength: 255 },
  status: { type: 'string', enum: ['queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete'] },
  visibility: { type: 'string', enum: ['public', 'private', 'shared'] },
  protected: { type: 'boolean' },
  checksum: { type: ['null', 'string'], maxLength: 32 },
  owner: { type: ['null', 'string'], maxLength: 255 },
  size: { ...size, type: ['null', 'integer'] },
  virtual_size: { ...size, type: ['null', 'integer'] },
  container_format: { type: ['null', 'string'], enum: [null, 'bare'] },
  disk_format: { type: ['null', 'string'], enum: [null, 'vhd', 'zvhd', 'zvhd2', 'raw', 'qcow2', 'iso'] },
  min_ram: { type: 'integer', description: 'in MB' },
  min_disk: { type: 'integer', description: 'in GB' },
  tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
  created_at: time,
  updated_at: time,
  file: text,
  self: text,
  schema: text,
}

const memberProperties = {
  image_id: { type: 'string', pattern: uuid },
  member_id: text,
  status: { type: 'string', enum: ['pending', 'accepted', 'rejected'] },
  created_at: time,
  updated_at: time,
  schema: text,
}

const imageLinks = [
  { href: '{self}', rel: 'self' },
  { href: '{file}', rel: 'enclosure' },
  { href: '{schema}', rel: 'describedby' },
]
const image = {
  name: 'image',
  properties: imageProperties,
  additionalProperties: { type: 'string' },
  links: imageLinks,
}
const member = { name: 'member', properties: memberProperties }

function showImage(): Answer {
  return ok(image)
}

function showImages(): Answer {
  return ok(listSchema('images', image))
}

function showMember(): Answer {
  return ok(member)
}

function showMembers(): Answer {
  return ok(listSchema('members', member))
}

function listSchema(name: string, items: object) {
  return {
    name,
    properties: { [name]: { type: 'array', items }, first: text, next: text, schema: text },
    links: [
      { href: '{first}', rel: 'first' },
      { href: '{next}', rel: 'next' },
      { href: '{schema}', rel: 'describedby' },
    ],
  }
}
