import { type Ask, send } from './client.ts'
import { type ApiError, isProblem, networkLost, problemError } from './error.ts'
import { linesOf } from './ndjson.ts'
import { calls } from './schema.ts'

export interface RegionFailure {
  regionId: string
  error: ApiError
}

export interface Listed<T> {
  items: readonly Regional<T>[]
  /** Regions that failed while others answered. */
  failures: readonly RegionFailure[]
  /** Why the list ends before its end, where it does. */
  cut: ApiError | 'too-many' | undefined
  /** False while items still come. */
  isWhole: boolean
}

export type Regional<T> = T & { regionId: string }

/** More than anybody scrolls through; beyond it a list says that it was cut. */
const MOST_ITEMS = 50_000
const TELL_EVERY_MS = 120

type ListOperation =
  | 'listInstances'
  | 'listImages'
  | 'listInstanceTypes'
  | 'listVpcs'
  | 'listSubnets'
  | 'listSecurityGroups'
  | 'listPublicIps'
  | 'listVolumes'
  | 'listKeypairs'
  | 'listAvailabilityZones'

/**
 * A list over one, several or all regions (`*`), told again and again while it grows. What comes after a failure is
 * missing: then the list is `cut`, unless the failure is one region's own.
 */
export async function* listed<T>(
  operation: ListOperation,
  query: { regionId: string } & Ask['query'],
  signal?: AbortSignal,
): AsyncGenerator<Listed<T>> {
  const { method, path } = calls[operation]
  const answer = await send(method, path, {
    query: { all: true, ...query },
    headers: { Accept: 'application/x-ndjson' },
    signal,
  })
  const items: Regional<T>[] = []
  const failures: RegionFailure[] = []
  const seen = (more: Partial<Listed<T>> = {}): Listed<T> => ({
    items: items.slice(),
    failures: failures.slice(),
    cut: undefined,
    isWhole: false,
    ...more,
  })
  const isOne = query.regionId !== '*' && !query.regionId.includes(',')
  let toldAt = performance.now()
  let cut: Listed<T>['cut']
  try {
    for await (const line of linesOf(answer.body ?? new ReadableStream())) {
      if (isProblem(line)) {
        const error = problemError(line)
        if ('regionId' in line) failures.push({ regionId: String(line.regionId), error })
        else cut = error
        continue
      }
      items.push((isOne ? { ...(line as T), regionId: query.regionId } : line) as Regional<T>)
      if (items.length >= MOST_ITEMS) {
        cut = 'too-many'
        break
      }
      if (performance.now() - toldAt < TELL_EVERY_MS) continue
      toldAt = performance.now()
      yield seen()
    }
  } catch (thrown) {
    signal?.throwIfAborted()
    const error = networkLost(thrown)
    if (items.length === 0) throw error
    cut = error
  }
  yield seen({ cut, isWhole: true })
}
