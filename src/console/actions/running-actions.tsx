import { lazy, Suspense } from 'react'
import { useRuns } from './run-store.ts'

const RunningPanel = lazy(() => import('./running-panel.tsx'))

/** What was set going and what came of it, on every page until it is put away. */
export function RunningActions() {
  const runs = useRuns()
  if (runs.length === 0) return null
  return (
    <Suspense fallback={null}>
      <RunningPanel runs={runs} />
    </Suspense>
  )
}
