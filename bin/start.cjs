'use strict'
// Apart from the launcher, because an old Node cannot even read `import()`.
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

// A checkout runs its sources, which are never stale; the published package has only the compiled ones.
const source = join(__dirname, '..', 'src', 'cli.ts')
const built = join(__dirname, '..', 'dist', 'cli.js')
import(pathToFileURL(existsSync(source) ? source : built).href)
