import { useSyncExternalStore } from 'react'

const ATTRIBUTE = 'data-mantine-color-scheme'

/** The scheme that the page shows at the moment, known once its tokens have the new colours. */
export const useScheme = (): string | null => useSyncExternalStore(subscribe, currentScheme)

const currentScheme = () => document.documentElement.getAttribute(ATTRIBUTE)

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: [ATTRIBUTE] })
  return () => observer.disconnect()
}
