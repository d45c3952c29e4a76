import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Defaults, readState, type StateOf, writeState } from './search-state.ts'

/**
 * State that stands in the address: `const [state, change] = useSearchState(DEFAULTS)`, with the defaults outside of the
 * component. A change takes the place of the entry in the browser's history.
 */
export function useSearchState<D extends Defaults>(
  defaults: D,
): [StateOf<D>, (patch: Partial<StateOf<D>>) => void] {
  const search = useSearch()
  const [path, go] = useLocation()
  const state = useMemo(() => readState(search, defaults), [search, defaults])
  const change = useCallback(
    (patch: Partial<StateOf<D>>) => {
      // What the address says now, since several changes may come before this is rendered anew.
      const next = writeState(location.search, defaults, patch)
      go(next === '' ? path : `${path}?${next}`, { replace: true })
    },
    [path, go, defaults],
  )
  return [state, change]
}
