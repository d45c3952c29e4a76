import { stableHex } from './ids.ts'
import { type Region, regions } from './regions.ts'

/** The one account of the sandbox. */
export const account = {
  domainId: stableHex('domain'),
  domainName: 'sandbox',
  userId: stableHex('user'),
} as const

export interface Project {
  readonly id: string
  readonly name: string
  /** Absent for the pseudo-project of object storage, which belongs to no region. */
  readonly region?: Region
  readonly parentId: string
}

/** The user's own document shows this one in the links of its flavors. */
const documented: Record<string, string> = { 'cn-south-1': 'ded721d4e0204e3880aa06dccddf65c0' }

export const projects: readonly Project[] = [
  ...regions.map((region) => ({
    id: idOf(region.id),
    name: region.id,
    region,
    parentId: account.domainId,
  })),
  ...regions
    .filter((region) => region.id === 'cn-north-4')
    .map((region) => ({
      id: idOf('cn-north-4_dev'),
      name: 'cn-north-4_dev',
      region,
      parentId: idOf(region.id),
    })),
  { id: idOf('MOS'), name: 'MOS', parentId: account.domainId },
]

const byId = new Map(projects.map((project) => [project.id, project]))
const byName = new Map(projects.map((project) => [project.name, project]))

export const projectWithId = (id: string): Project | undefined => byId.get(id)

/** The project a region gives an account by itself; it bears the region's name. */
export function projectOfRegion(region: Region): Project {
  const project = byName.get(region.id)
  if (!project) throw new Error(`no project for ${region.id}`)
  return project
}

function idOf(name: string): string {
  return documented[name] ?? stableHex(`project ${name}`)
}
