import { type ComponentType, lazy } from 'react'

const TRIES = 3
const PAUSE_MS = 600

/** A page that loads when it is first shown. A busy server may refuse a part, and a reload would lose the keys. */
export const lazyPage = (load: () => Promise<{ default: ComponentType }>) => lazy(() => tried(load, TRIES))

async function tried<T>(load: () => Promise<T>, tries: number): Promise<T> {
  try {
    return await load()
  } catch (thrown) {
    if (tries <= 1) throw thrown
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return tried(load, tries - 1)
  }
}
