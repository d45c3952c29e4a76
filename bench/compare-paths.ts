import type { Answer } from './compare-results.ts'

/** What is asked: the answers that are compared, and the long list of the slow readers. */
export type Path = Answer | 'servers'

export const CONNECTIONS = 16
/** So many URLs are asked in turn, so that nobody wins by remembering one. */
export const VARIETY = 1_000

export const REGION = 'cn-north-4'
export const PROJECT = '0123456789abcdef0123456789abcdef'

export const headers = {
  'X-Access-Key': 'BENCHACCESSKEY000001',
  'X-Secret-Key': 'BenchSecretKey00000000000000000000000001',
}

export const jobId = (nth: number) => `ff8080828fb5e${String(nth).padStart(3, '0')}`

const lines: Record<Path, (nth: number) => string> = {
  job: (nth) => `jobs/${jobId(nth)}?regionId=${REGION}`,
  images: (nth) => `images?regionId=${REGION}&name=image-${nth}`,
  types: (nth) => `instance-types?regionId=${REGION}&availability_zone=zone-${nth}`,
  servers: (nth) => `instances?regionId=${REGION}&name=server-${nth}`,
}

export const pathOf = (path: Path, nth: number): string => `/api/${lines[path](nth % VARIETY)}`
