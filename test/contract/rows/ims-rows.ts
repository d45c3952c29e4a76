import { expect } from 'vitest'
import { answers, type Kept, type Row, refuses, type Table, works } from './row.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

const server = (kept: Kept) => ({
  body: {
    server: {
      name: 'pattern',
      imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
      flavorRef: 'ac6.12xlarge.2',
      vpcid: kept.vpc,
      nics: [{ subnet_id: kept.subnet }],
      root_volume: { volumetype: 'SATA', size: 60 },
    },
  },
})

const surroundings: Row[] = [
  answers(
    'ListSubnets',
    {},
    {
      sdk: 'vpc/v2',
      look: ({ subnets: [subnet] }, kept) => {
        kept.vpc = subnet.vpc_id
        kept.subnet = subnet.id
      },
    },
  ),
  works('CreateServers', server, {
    sdk: 'ecs/v2',
    look: ({ serverIds }, kept) => {
      kept.server = serverIds[0]
    },
  }),
]

const lists: Row[] = [
  answers('ListImages', {}, ({ images }) => expect(images.length).toBeGreaterThan(10)),
  answers(
    'ListImages',
    { __imagetype: 'gold', visibility: 'public', protected: true, __os_type: 'Linux' },
    {
      when: 'public Linux',
      look: ({ images }, kept) => {
        expect(images.length).toBeGreaterThan(0)
        kept.public = images[0].id
      },
    },
  ),
  answers(
    'ListImages',
    { flavor_id: 'ac6.12xlarge.2', sort_key: 'name', sort_dir: 'asc', limit: 5 },
    {
      when: 'for a flavor',
    },
  ),
  answers('ListImages', { created_at: 'gt:2015-01-01T00:00:00Z', status: 'active' }, { when: 'since' }),
  refuses('ListImages', 400, 'IMG.0191', { flavor_id: 'x9.nothing' }, { when: 'for no flavor' }),
  refuses('ListImages', 400, 'IMG.0212', { architecture: 'vax' }, { when: 'for no architecture' }),
  refuses('ListImages', 400, 'IMG.0017', { sort_key: 'beauty' }, { when: 'in no order' }),
  answers('GlanceListImages', { limit: 2 }, ({ images, next }) => {
    expect(images).toHaveLength(2)
    expect(next).toContain('marker=')
  }),
  answers('GlanceShowImage', (kept) => ({ image_id: kept.public })),
  refuses('GlanceShowImage', 404, 'IMG.0027', { image_id: UNKNOWN }, { when: 'unknown' }),
  answers('ListOsVersions', {}),
  answers('ShowImageQuota', {}, ({ quotas }) =>
    expect(quotas.resources[0]).toMatchObject({ type: 'image', used: expect.any(Number) }),
  ),
]

const own: Row[] = [
  refuses('CreateImage', 400, 'IMG.0008', (kept) => ({ body: { name: 'own', instance_id: kept.server } }), {
    when: 'of a running server',
  }),
  works(
    'BatchStopServers',
    (kept) => ({ body: { 'os-stop': { type: 'HARD', servers: [{ id: kept.server }] } } }),
    { sdk: 'ecs/v2' },
  ),
  works(
    'CreateImage',
    (kept) => ({
      body: {
        name: 'own',
        description: 'judged',
        instance_id: kept.server,
        min_ram: 1024,
        image_tags: [{ key: 'env', value: 'contract' }],
      },
    }),
    {
      look: ({ job_id }, kept) => {
        kept.job = job_id
      },
    },
  ),
  answers(
    'ShowJob',
    (kept) => ({ job_id: kept.job }),
    ({ entities }, kept) => {
      expect(entities.image_id).toBeTruthy()
      kept.image = entities.image_id
    },
  ),
  answers('ShowJobProgress', (kept) => ({ job_id: kept.job })),
  refuses('ShowJob', 400, 'Common.0011', { job_id: 'ff808082739334d80173943ec9b42130' }, { when: 'unknown' }),
  refuses(
    'CreateImage',
    400,
    'IMG.0005',
    { body: { name: 'x', instance_id: UNKNOWN } },
    { when: 'of no server' },
  ),
  refuses('CreateImage', 400, 'IMG.0003', (kept) => ({ body: { name: '<x>', instance_id: kept.server } }), {
    when: 'of a bad name',
  }),
  refuses('CreateImage', 400, 'IMG.0013', (kept) => ({ body: { instance_id: kept.server } }), {
    when: 'of no name',
  }),
  answers('GlanceShowImage', (kept) => ({ image_id: kept.image }), {
    when: 'of one’s own',
    look: (image) => expect(image).toMatchObject({ name: 'own', visibility: 'private', status: 'active' }),
  }),
  answers(
    'UpdateImage',
    (kept) => ({ image_id: kept.image, body: [{ op: 'replace', path: '/name', value: 'renamed' }] }),
    (image) => expect(image.name).toBe('renamed'),
  ),
  answers(
    'GlanceUpdateImage',
    (kept) => ({ image_id: kept.image, body: [{ op: 'replace', path: '/name', value: 'again' }] }),
    (image) => expect(image.name).toBe('again'),
  ),
  refuses(
    'UpdateImage',
    400,
    'IMG.0035',
    (kept) => ({ image_id: kept.image, body: [{ op: 'replace', path: '/nothing', value: 'x' }] }),
    { when: 'what is not there' },
  ),
  answers(
    'AddImageTag',
    (kept) => ({ image_id: kept.image, body: { tag: { key: 'team', value: 'a' } } }),
    {},
    204,
  ),
  answers(
    'ListImageTags',
    (kept) => ({ image_id: kept.image }),
    ({ tags }) => expect(tags).toContainEqual({ key: 'team', value: 'a' }),
  ),
  answers('ListImagesTags', {}, ({ tags }) => expect(tags).toContainEqual({ key: 'team', values: ['a'] })),
  answers(
    'ListImageByTags',
    { body: { action: 'filter', limit: '10', offset: '0', tags: [{ key: 'team', values: ['a'] }] } },
    ({ total_count }) => expect(total_count).toBe(1),
  ),
  answers(
    'BatchAddOrDeleteTags',
    (kept) => ({ image_id: kept.image, body: { action: 'create', tags: [{ key: 'k', value: 'v' }] } }),
    {},
    204,
  ),
  answers('DeleteImageTag', (kept) => ({ image_id: kept.image, key: 'team' }), {}, 204),
  works('CopyImageInRegion', (kept) => ({ image_id: kept.image, body: { name: 'copy' } })),
  works('CreateImageInSafeMode', (kept) => ({ body: { name: 'safe', instance_id: kept.server } })),
  answers('GlanceShowImageSchemas'),
  answers('GlanceListImageSchemas'),
  answers('GlanceShowImageMemberSchemas'),
  answers('GlanceListImageMemberSchemas'),
  refuses('GlanceDeleteImage', 403, 'IMG.0094', (kept) => ({ image_id: kept.public, body: {} }), {
    when: 'a public one',
  }),
  answers('GlanceDeleteImage', (kept) => ({ image_id: kept.image, body: {} }), {}, 204),
  refuses('GlanceShowImage', 404, 'IMG.0027', (kept) => ({ image_id: kept.image }), { when: 'deleted' }),
]

export const imsRows: Table = { sdk: 'ims/v2', rows: [...surroundings, ...lists, ...own] }
