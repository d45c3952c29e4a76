/** The sandbox alone, for an account with room for more servers than one gets without asking. */
import { outside } from '../src/outside.ts'
import { buildSandbox } from '../src/sandbox/app.ts'
import { quota } from '../src/sandbox/ecs-limits.ts'

Object.assign(quota, { servers: 20_000, cores: 200_000, ram: 400_000_000 })
const sandbox = buildSandbox({ outside, pace: { by: 'at-once' } })
console.log(`listens on ${(await sandbox.listen()).url}`)
