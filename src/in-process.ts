import type { OwnGateway } from './cli/house.ts'
import { outside } from './outside.ts'
import { profilePlaces } from './profile-places.ts'
import { serve } from './serve.ts'
import { type Environment, readSettings, type Settings } from './settings.ts'

/** What of a server's settings is of no use to one that has a single caller, beside it. */
const quiet = {
  host: '127.0.0.1',
  ports: [0],
  tlsCert: undefined,
  tlsKey: undefined,
  workers: 1,
  console: false,
  logLevel: 'silent',
  tokenFile: undefined,
  drainDelay: 0,
  grace: 0,
} satisfies Partial<Settings>

/** A gateway for the command that runs, on a port that the system chooses, with the settings of the environment. */
export async function startInProcess(env: Environment, withSandbox: boolean): Promise<OwnGateway> {
  const settings = { ...readSettings({}, env), ...quiet, sandbox: withSandbox }
  const { urls, close } = await serve(settings, outside, undefined, profilePlaces(env))
  return { url: urls[0] ?? '', close }
}
