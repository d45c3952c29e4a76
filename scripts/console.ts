/** Builds the console into dist/console; with `--if-stale` only where its sources have changed since. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MARK } from '../src/gateway/console-files.ts'

const root = join(import.meta.dirname, '..')
const built = join(root, 'dist/console')

if (!process.argv.includes('--if-stale')) await build()
else if (!isFresh()) await buildOrGoOn()

function isBuilt(): boolean {
  return existsSync(join(built, MARK))
}

function isFresh(): boolean {
  return isBuilt() && readFileSync(join(built, MARK), 'utf8') === sourcesHash()
}

/** Of all that is built from: the sources, and the versions of the packages. */
function sourcesHash(): string {
  const hash = createHash('sha256')
  const sources = globSync('src/console/**/*.*', { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file))
  for (const file of [...sources.sort(), 'packages/client/src/schema.ts', 'package-lock.json'])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

async function build(): Promise<void> {
  const before = sourcesHash()
  process.env.NODE_ENV = 'production' // whatever the shell says: it decides which React is bundled
  const { build } = await import('vite')
  const { default: config } = await import('../src/console/vite.config.ts')
  const apart = join(root, `dist/console-${process.pid}`)
  try {
    await build({ ...config, build: { ...config.build, outDir: apart }, configFile: false, logLevel: 'warn' })
    writeFileSync(join(apart, MARK), before)
    // Whole or not at all, for whoever starts at the same time.
    rmSync(built, { recursive: true, force: true })
    renameSync(apart, built)
  } finally {
    rmSync(apart, { recursive: true, force: true })
  }
}

/** A server without its console still serves everything else. */
async function buildOrGoOn(): Promise<void> {
  const began = performance.now()
  process.stdout.write(`Building the console (${isBuilt() ? 'its sources changed' : 'the first start'}) … `)
  try {
    await build()
    console.log(`done in ${((performance.now() - began) / 1_000).toFixed(1)} s.`)
  } catch (error) {
    const isLeftOut = Reflect.get(Object(error), 'code') === 'ERR_MODULE_NOT_FOUND'
    const why = isLeftOut ? 'the development packages were left out' : String(error).split('\n')[0]
    console.log(`not possible: ${why}. Going on without it.`)
  }
}
