import { expect } from 'vitest'
import { SANDBOX_USER } from '../../../src/sandbox/keys.ts'
import { answers, refuses, type Table } from './row.ts'

const identity = (password: string) => ({
  methods: ['password'],
  password: { user: { name: SANDBOX_USER.name, password, domain: { name: SANDBOX_USER.domain } } },
})
const scope = { project: { name: 'cn-east-2' } }

export const iamRows: Table = {
  sdk: 'iam/v3',
  rows: [
    answers('KeystoneListProjects', {}, ({ projects }) => expect(projects.length).toBeGreaterThan(20)),
    answers(
      'KeystoneListProjects',
      { name: 'cn-east-2' },
      {
        when: 'by name',
        look: ({ projects }, kept) => {
          expect(projects).toHaveLength(1)
          kept.project = projects[0].id
        },
      },
    ),
    answers(
      'KeystoneListProjects',
      { name: 'nowhere-1' },
      {
        when: 'none',
        look: ({ projects }) => expect(projects).toEqual([]),
      },
    ),
    answers(
      'KeystoneListProjects',
      { page: 2, per_page: 5 },
      {
        when: 'a page',
        look: ({ projects, links }) => {
          expect(projects).toHaveLength(5)
          expect(links.next).toContain('page=3')
        },
      },
    ),
    answers('KeystoneListAuthProjects', {}, ({ projects }) => expect(projects.length).toBeGreaterThan(20)),
    answers('KeystoneListAuthDomains', {}, ({ domains }) => expect(domains).toHaveLength(1)),
    answers('KeystoneListRegions', {}, ({ regions }) => expect(regions.length).toBeGreaterThan(25)),
    answers('KeystoneShowRegion', { region_id: 'cn-east-2' }, ({ region }) =>
      expect(region.type).toBe('public'),
    ),
    refuses('KeystoneShowRegion', 404, '404', { region_id: 'nowhere-1' }, { when: 'unknown' }),
    // The Node SDK fills project ids in from its credentials, and those of IAM have none.
    answers('KeystoneShowProject', (kept) => ({ project_id: kept.project }), { only: 'python' }),
    refuses('KeystoneShowProject', 404, '404', { project_id: 'nothing' }, { when: 'unknown' }),
    answers(
      'KeystoneCreateProject',
      (kept) => ({ body: { project: { name: 'cn-east-2_judged', parent_id: kept.project } } }),
      ({ project }) => expect(project.name).toBe('cn-east-2_judged'),
      201,
    ),
    refuses(
      'KeystoneCreateProject',
      400,
      '400',
      { body: { project: { name: 'nowhere' } } },
      { when: 'nowhere' },
    ),
    answers(
      'KeystoneCreateUserTokenByPassword',
      { body: { auth: { identity: identity(SANDBOX_USER.password), scope } } },
      (body, kept) => {
        expect(body.token.catalog.length).toBeGreaterThan(3)
        kept.token = body['X-Subject-Token']
        expect(kept.token).toBeTruthy()
      },
      201,
    ),
    refuses(
      'KeystoneCreateUserTokenByPassword',
      401,
      '401',
      { body: { auth: { identity: identity('wrong'), scope } } },
      { when: 'with a wrong password' },
    ),
    answers(
      'KeystoneValidateToken',
      (kept) => ({ 'X-Subject-Token': kept.token }),
      ({ token }) => expect(token.project.name).toBe('cn-east-2'),
    ),
    refuses('KeystoneValidateToken', 404, '404', { 'X-Subject-Token': 'garbage' }, { when: 'garbage' }),
    answers(
      'CreateTemporaryAccessKeyByToken',
      (kept) => ({
        body: {
          auth: { identity: { methods: ['token'], token: { id: kept.token, duration_seconds: 900 } } },
        },
      }),
      ({ credential }) => expect(credential.securitytoken).toBeTruthy(),
      201,
    ),
    refuses(
      'CreateTemporaryAccessKeyByToken',
      400,
      'IAM.1102',
      (kept) => ({
        body: { auth: { identity: { methods: ['token'], token: { id: kept.token, duration_seconds: 1 } } } },
      }),
      { when: 'for a second' },
    ),
    // The Node SDK takes a 300 for a failure.
    answers('KeystoneListVersions', {}, { only: 'python' }, 300),
    answers('KeystoneShowVersion'),
    answers('KeystoneListUsers', {}, ({ users }, kept) => {
      expect(users).toHaveLength(1)
      kept.user = users[0].id
    }),
    answers('KeystoneShowUser', (kept) => ({ user_id: kept.user })),
    answers('KeystoneListProjectsForUser', (kept) => ({ user_id: kept.user })),
    answers('KeystoneListServices', {}, ({ services }, kept) => {
      kept.service = services[0].id
    }),
    answers('KeystoneShowService', (kept) => ({ service_id: kept.service })),
    answers('KeystoneListEndpoints', {}, ({ endpoints }, kept) => {
      kept.endpoint = endpoints[0].id
    }),
    answers('KeystoneShowEndpoint', (kept) => ({ endpoint_id: kept.endpoint })),
  ],
}
