import { createSandbox } from './index.ts'

// A sandbox in a process of its own, for tests that kill it: test-kept-child.ts FILE
const sandbox = await createSandbox({ state: process.argv[2] ?? '', pace: 'at-once' })
process.stdout.write(`${sandbox.port}\n`)
