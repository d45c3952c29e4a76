/**
 * Writes the program into dist/ as few files: cli.js, what it loads for each kind of command, and sandbox/index.js. Five hundred
 * modules and what they need of others take half a second to load, a bundle a quarter of it (bench/commands.ts).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

const bundle = await rolldown({
  cwd: root,
  input: { cli: 'src/cli.ts', 'sandbox/index': 'src/sandbox/index.ts' },
  platform: 'node',
  logLevel: 'warn',
  // Optional: whoever leaves it out is told so.
  external: [/^@modelcontextprotocol\//],
})
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  // Beside cli.js, since some look for what lies beside them.
  chunkFileNames: 'part-[name].js',
  // Names stay, so that a stack tells where; blanks and comments go.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
})

const inside = new Set(
  output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])).flatMap(packageOf),
)
writeFileSync(join(dist, 'LICENSES.txt'), [...inside].toSorted().map(licenceOf).join('\n'))

/** The folder of the package that a module is from; none for our own. */
function packageOf(id: string): string[] {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id) ?? []
  return folder === undefined ? [] : [folder]
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(80)}\n`
}
