import type { Route } from '../route.ts'
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './actions.ts'
import { createInstances } from './create.ts'
import { lists } from './lists.ts'
import { listRegions } from './regions.ts'

/** The whole API, in the order of its documentation. */
export const routes: readonly Route[] = [
  listRegions,
  ...lists,
  createInstances,
  startInstances,
  stopInstances,
  rebootInstances,
  terminateInstances,
]
