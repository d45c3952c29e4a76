import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = promisify(brotliCompress)
const zipped = promisify(gzip)

const COMPRESSIBLE = /^assets\/.*\.(?:js|css|svg)$/

/** Puts a `.br` and a `.gz` beside each file, as small as they get: they are made once and sent often. */
export function compressed(): Plugin {
  return {
    name: 'console-compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) => COMPRESSIBLE.test(fileName))
        for (const file of files) {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.br`,
            source: await brotli(bytes, { params }),
          })
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: await zipped(bytes, { level: 9 }),
          })
        }
      },
    },
  }
}
