import { readFileSync } from 'node:fs'
import { CannotStart } from './cannot-start.ts'
import type { Outside } from './outside.ts'
import type { Sandbox } from './sandbox/app.ts'
import { openSandbox, SeedError, StateFileError } from './sandbox/index.ts'
import type { Seed } from './sandbox/seed-file.ts'
import type { Settings } from './settings.ts'

/** The sandbox as the settings have it, not listening yet. */
export async function startSandbox(
  { sandboxState, sandboxSeed, sandboxPace }: Settings,
  outside: Outside,
  report: (thrown: unknown) => void,
): Promise<Sandbox> {
  try {
    return await openSandbox({
      outside,
      report,
      ...(sandboxState === undefined ? {} : { state: sandboxState }),
      ...(sandboxSeed === undefined ? {} : { seed: readSeed(sandboxSeed) }),
      ...(sandboxPace === undefined ? {} : { pace: sandboxPace }),
    })
  } catch (error) {
    if (error instanceof StateFileError || error instanceof SeedError) throw new CannotStart(error.message)
    throw error
  }
}

function readSeed(file: string): Seed {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CannotStart(`The seed file cannot be read (${Reflect.get(Object(error), 'code')}).`)
  }
  try {
    const seed: unknown = JSON.parse(text)
    // Anything else would be taken for a text to draw chance from.
    if (typeof seed === 'object' && seed !== null) return seed
  } catch {}
  throw new CannotStart('The seed file is no JSON object.')
}
