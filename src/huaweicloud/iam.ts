import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-iam'

/** Needs the permission `iam:projects:listProjects`. Answers 200 with an empty list for an unopened region. */
export const listProjects = operation({
  name: 'KeystoneListProjects',
  service: 'iam',
  method: 'GET',
  path: '/v3/projects',
  projectless: true,
  listing: { items: 'projects', id: 'id', pages: { by: 'whole' } },
  manual: `${manual}/iam_06_0001.html`,
})

/** Needs no permission: what is left for users who may not list projects. */
export const listAuthProjects = operation({
  name: 'KeystoneListAuthProjects',
  service: 'iam',
  method: 'GET',
  path: '/v3/auth/projects',
  projectless: true,
  manual: `${manual}/iam_06_0002.html`,
})
