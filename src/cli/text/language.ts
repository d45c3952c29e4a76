import { type Catalog, en } from './en.ts'

export type Language = 'en' | 'zh'

/** What the line says, else the locale as POSIX reads it. */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const at = args.indexOf('--lang')
  const said = args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) ?? args[at + 1]
  if ((said === 'en' || said === 'zh') && (at >= 0 || args.some((arg) => arg.startsWith('--lang='))))
    return said
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en'
}

export const textsIn = async (language: Language): Promise<Catalog> =>
  language === 'zh' ? (await import('./zh.ts')).zh : en
