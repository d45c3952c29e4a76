import { useSyncExternalStore } from 'react'
import type { Catalog } from './en.ts'

export type Locale = 'en' | 'zh'

/** Each language names itself. */
export const LOCALES: Readonly<Record<Locale, string>> = { en: 'English', zh: '中文' }

const STORED_AS = 'hca-language'
const listeners = new Set<() => void>()
const loaded = new Map<Locale, Catalog>()
let locale: Locale = firstLocale()

export const currentLocale = (): Locale => locale

/** Loads a language, then shows everything in it. */
export async function speak(next: Locale): Promise<void> {
  if (!loaded.has(next)) {
    loaded.set(next, next === 'zh' ? (await import('./zh.ts')).zh : (await import('./en.ts')).en)
  }
  locale = next
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en'
  for (const listener of listeners) listener()
}

export async function chooseLocale(next: Locale): Promise<void> {
  localStorage.setItem(STORED_AS, next)
  await speak(next)
}

export const useLocale = (): Locale => useSyncExternalStore(subscribe, currentLocale)

/** All texts in the language of the moment: `const text = useText().overview`. */
export const useText = (): Catalog => useSyncExternalStore(subscribe, currentText)

function currentText(): Catalog {
  const catalog = loaded.get(locale)
  if (!catalog) throw new TypeError('speak() comes before the first text')
  return catalog
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED_AS)
  if (stored === 'en' || stored === 'zh') return stored
  const wanted = navigator.languages.find((one) => /^(?:en|zh)\b/i.test(one)) ?? 'en'
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
