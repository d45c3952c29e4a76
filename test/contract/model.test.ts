import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { anyCommand, kinds } from './model/commands.ts'
import { JOB_MS, Model, Real } from './model/model.ts'
import { unfinished } from './model/possible.ts'
import { startWire, type Wire } from './wire.ts'

test('a thousand stories never come to what cannot be', async () => {
  const wire = await startWire({ by: 'clock', ms: JOB_MS })
  onTestFinished(() => wire.close())
  const story = fc.asyncProperty(
    fc.commands([...anyCommand], { maxCommands: 20, size: 'max' }),
    async (commands) => {
      const real = await Real.begin(wire)
      const model = new Model(real.seen)
      await fc.asyncModelRun(() => ({ model, real }), commands)
      await settles(wire, model, real)
    },
  )
  // The same thousand each time, or others on request: `MODEL_SEED=$RANDOM npm test`.
  await fc.assert(story, { numRuns: 1_000, seed: Number(process.env.MODEL_SEED ?? 20261123) })
  expect(wire.bugs).toEqual([])
  // Of a story in which all is refused nothing can be learnt.
  const rare = kinds.split(' ').filter((kind) => (Real.accepted.get(kind) ?? 0) < 10)
  expect(rare).toEqual([])
}, 300_000)

/** In the end every job is over, every server at rest, and all of it as we believe. */
async function settles(wire: Wire, model: Model, real: Real): Promise<void> {
  const before = await real.look()
  real.pass(10 * JOB_MS)
  model.settle(real.now, before)
  const seen = await real.look()
  model.agreesWith(seen)
  expect(unfinished(seen)).toEqual([])
  for (const { id, service } of model.jobs) {
    const { status, body, text } = await wire.ask({ service, path: `/v1/{p}/jobs/${id}` })
    expect(status, text).toBe(200)
    expect(body.status, text).toMatch(/^(SUCCESS|FAIL)$/)
    expect(body.end_time, text).toBeTruthy()
    expect(body.status === 'FAIL', text).toBe(Boolean(body.error_code))
    for (const part of body.entities.sub_jobs ?? []) expect(part.status, text).toMatch(/^(SUCCESS|FAIL)$/)
  }
}
