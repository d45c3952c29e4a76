'use strict'
// Apart from the launcher, because an old Node cannot even read `import()`.
const { existsSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { isAbsolute, join } = require('node:path')
const { pathToFileURL } = require('node:url')

// What was compiled once is kept, in a folder of one's own: a command starts in half the time.
const { XDG_CACHE_HOME = '', HOME = '' } = process.env
const caches = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : HOME && join(HOME, '.cache')
if (caches) enableCompileCache(join(caches, 'huawei-cloud-api', 'compiled'))

// A checkout runs its sources, which are never stale; the published package has only the compiled ones.
const source = join(__dirname, '..', 'src', 'cli.ts')
const built = join(__dirname, '..', 'dist', 'cli.js')
import(pathToFileURL(existsSync(source) ? source : built).href)
