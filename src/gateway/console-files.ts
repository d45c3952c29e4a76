import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** In which the build leaves a file beside the file itself, the smaller first. */
const endings = { br: '.br', gzip: '.gz' } as const
export type Form = keyof typeof endings
export const FORMS = Object.keys(endings) as readonly Form[]

export interface ConsoleFiles {
  /** With places such as `{{nonce}}` to be filled for each answer. */
  readonly index: string
  /** Of what is bundled. */
  readonly licences: string
  readonly assets: ReadonlyMap<string, Asset>
  /** Takes an asset's bytes; undefined where the file has gone since the start. */
  read(name: string, form?: Form): Promise<Buffer | undefined>
  /** Forgets what is kept in memory. */
  clear(): void
}

interface Asset {
  readonly type: string
  readonly forms: readonly Form[]
}

/** What the build leaves last: a folder without it is none that was built. */
export const MARK = 'sources.sha256'

const MOST_KEPT = 4 * 1024 * 1024

/** Beside the compiled program in the published package; where the build of a checkout puts it. */
const folders = ['./console', '../../dist/console'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** The built console, from its own place or another one; undefined where it was not built. */
export function consoleFiles(place?: string): ConsoleFiles | undefined {
  const candidates = place === undefined ? folders : [place]
  const folder = candidates.find((one) => existsSync(join(one, MARK)))
  if (folder === undefined) return undefined
  // Only what is listed here is ever read, whatever is asked for.
  const names = new Set(readdirSync(join(folder, 'assets')))
  const assets = new Map<string, Asset>()
  for (const name of names) {
    const type = types[extname(name)]
    if (type) assets.set(name, { type, forms: FORMS.filter((form) => names.has(name + endings[form])) })
  }
  const licences = join(folder, 'LICENSES.txt')
  const kept = keptFiles()
  return {
    index: readFileSync(join(folder, 'index.html'), 'utf8'),
    licences: existsSync(licences) ? readFileSync(licences, 'utf8') : '',
    assets,
    read: (name, form) => kept.read(join(folder, 'assets', name + (form ? endings[form] : ''))),
    clear: kept.clear,
  }
}

/** Files as they were when first asked for, as many as there is room for. */
function keptFiles() {
  const kept = new Map<string, Buffer>()
  let size = 0
  return {
    async read(file: string): Promise<Buffer | undefined> {
      const known = kept.get(file)
      if (known) return known
      const bytes = await readFile(file).catch(() => undefined)
      if (bytes && !kept.has(file) && size + bytes.length <= MOST_KEPT) {
        kept.set(file, bytes)
        size += bytes.length
      }
      return bytes
    },
    clear() {
      kept.clear()
      size = 0
    },
  }
}
