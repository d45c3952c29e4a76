import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files of swagger-ui that the page loads, with their types. */
export const viewerFiles = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
} as const

export type ViewerFile = keyof typeof viewerFiles

/** Beside the compiled program in the published package, among the development packages in a checkout. */
const folders = ['./docs-viewer', '../../node_modules/swagger-ui-dist'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** Where the files are; undefined where the development packages were left out. */
export function viewerFolder(): string | undefined {
  return folders.find((folder) => Object.keys(viewerFiles).every((file) => existsSync(join(folder, file))))
}

/** Read when asked for: browsers keep it, and two megabytes would stay in memory for nobody. */
export const viewerFile = (folder: string, file: ViewerFile): Buffer => readFileSync(join(folder, file))
