/** Builds the console into dist/console; with `--if-stale` only where its sources have changed since. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist/console')
const mark = join(built, 'sources.sha256')

if (!process.argv.includes('--if-stale')) await build()
else if (!isFresh()) await buildOrGoOn()

function isFresh(): boolean {
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourcesHash()
}

/** Of all that is built from: the sources, and the versions of the packages. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const sources = globSync('src/console/**/*.*', { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file))
  for (const file of [...sources.sort(), 'package-lock.json'])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

async function build(): Promise<void> {
  const before = sourcesHash()
  const { build } = await import('vite')
  const { default: config } = await import('../src/console/vite.config.ts')
  await build({ ...config, configFile: false, logLevel: 'warn' })
  // Last, so that a build that was cut short counts as none.
  writeFileSync(mark, before)
}

/** A server without its console still serves everything else. */
async function buildOrGoOn(): Promise<void> {
  const began = performance.now()
  process.stdout.write(
    `Building the console (${existsSync(mark) ? 'its sources changed' : 'first start'}) … `,
  )
  try {
    await build()
    console.log(`done in ${((performance.now() - began) / 1_000).toFixed(1)} s.`)
  } catch (error) {
    console.log(`not possible: ${String(error).split('\n')[0]}`)
  }
}
