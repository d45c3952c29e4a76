import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generatedPages } from '../scripts/generated-pages.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sources = (folder: string) =>
  globSync(`src/${folder}/**/*.{ts,tsx}`, { cwd: root }).filter(
    (file) => !/\.test\.tsx?$|\/test-[^/]+$/.test(file),
  )

/** Which rooms each room may import from. Leaves in src/ itself are open to all of them that run in the server. */
const mayImport: Record<string, string[]> = {
  wire: [],
  huaweicloud: ['wire'],
  sandbox: ['wire'],
  gateway: ['huaweicloud'],
  vault: [],
  agents: ['gateway', 'huaweicloud'],
  audit: [],
  workers: [],
  // Callers of the API: with the types of the client, or through it; it is a package of its own.
  console: ['../packages/client'],
  cli: ['../packages/client'],
}
const leaves = ['src/outside.ts', 'src/nearest.ts']

/** Files a source file imports, from the root of the project; packages are left out. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import|import\()\s*'(\.[^'?]+)(?:\?\w+)?'/g)].map(([, path = '']) =>
    relative(root, normalize(join(root, dirname(file), path))),
  )
}

describe('imports point one way', () => {
  test.each(Object.entries(mayImport))('%s imports itself, the leaves and %j', (room, others) => {
    const files = sources(room)
    expect(files.length).toBeGreaterThan(0)
    const strays = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => room === 'console' || !leaves.includes(path))
        .filter((path) => ![room, ...others].some((allowed) => path.startsWith(normalize(`src/${allowed}/`))))
        .map((path) => `${file} reaches into ${path}`),
    )
    expect(strays).toEqual([])
  })

  test.each(leaves)('%s imports nothing of ours', (leaf) => {
    expect(importsOf(leaf)).toEqual([])
  })

  test('every import names a file that is there', () => {
    const missing = sources('').flatMap((file) =>
      importsOf(file).filter((path) => !existsSync(join(root, path))),
    )
    expect(missing).toEqual([])
  })

  test('the client imports nobody, packages included', () => {
    const files = globSync('packages/client/src/**/*.ts', { cwd: root }).filter(
      (file) => !/\.test\.ts$/.test(file),
    )
    expect(files.length).toBeGreaterThan(10)
    const strays = files.flatMap((file) =>
      [...read(file).matchAll(/(?:from|import|import\()\s*'(?!\.\/)([^']+)'/g)].map(
        ([, path]) => `${file} reaches for ${path}`,
      ),
    )
    expect(strays).toEqual([])
  })

  test('only the command line imports the client, and the console its types and table', () => {
    const users = sources('').filter((file) => importsOf(file).some((path) => path.startsWith('packages/')))
    expect(users.filter((file) => !file.startsWith('src/cli/'))).toEqual(['src/console/api/schema.ts'])
    expect(importsOf('src/console/api/schema.ts').map((path) => path.split('/').at(-1))).toEqual([
      'schema.ts',
      'schema.ts',
    ])
  })

  test('only cli.ts touches the process, and for the commands that serve cli-serving.ts', () => {
    const touching = sources('').filter((file) => /(?<![\w.])process\.(?!Env\b)/.test(read(file)))
    expect(touching.toSorted()).toEqual(['src/cli-serving.ts', 'src/cli.ts'])
  })
})

describe('documents are true', () => {
  test.each(Object.entries(generatedPages))('%s is what the code says', async (name, render) => {
    expect(read(name), 'run `npm run docs`').toBe(await render())
  })

  test.each([
    'README.md',
    'CONTRIBUTING.md',
    'packages/client/README.md',
    ...globSync('docs/*.md', { cwd: root }),
  ])('the links of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, path = '']) =>
      join(root, dirname(page), path),
    )
    expect(targets.filter((target) => !existsSync(target))).toEqual([])
  })

  test('README has exactly the two commands', () => {
    const commands = [...read('README.md').matchAll(/^npm .*$/gm)].map(([line]) => line)
    expect(commands).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  })
})

describe('the client’s package', () => {
  const packaged = (folder: string) => JSON.parse(read(join(folder, 'package.json')))

  test('has our version and licence, and needs nothing', () => {
    const { version, license, dependencies, peerDependencies } = packaged('packages/client')
    const ours = packaged('.')
    expect({ version, license }).toEqual({ version: ours.version, license: ours.license })
    expect({ dependencies, peerDependencies }).toEqual({})
    expect(read('packages/client/LICENSE')).toBe(read('LICENSE'))
  })
})

describe('what is installed', () => {
  interface Installed {
    dev?: boolean
    optional?: boolean
    devOptional?: boolean
    /** One of our own packages, from its folder. */
    link?: boolean
    resolved?: string
    hasInstallScript?: boolean
  }
  interface Lock {
    packages: Record<string, Installed>
  }
  const { packages } = JSON.parse(read('package-lock.json')) as Lock
  const inService = Object.entries(packages).filter(
    ([name, { dev, optional, devOptional, link }]) =>
      /node_modules/.test(name) && !dev && !optional && !devOptional && !link,
  )

  test('serve loads at most 60 packages, none with an install script', () => {
    expect(inService.length).toBeGreaterThan(5)
    expect(inService.length).toBeLessThanOrEqual(60)
    expect(inService.filter(([, entry]) => entry.hasInstallScript)).toEqual([])
  })

  test('the lock file names no registry', () => {
    expect(Object.values(packages).filter((entry) => entry.resolved && !entry.link)).toEqual([])
  })
})
