import { codeOfResults } from '../answer.ts'
import { regionOf } from '../api-params.ts'
import { type Command, type Given, type Parts, textOf } from '../command.ts'
import { connect } from '../connection.ts'
import type { House } from '../house.ts'
import { resultsOf } from '../job-results.ts'
import { printer } from '../output/print.ts'
import { problemOf } from '../problems.ts'
import { connectionFlags, oneRegion, outputFlags, projectId, wait } from '../shared-flags.ts'
import { secondsOf, waitFor } from '../waiting.ts'

const SECONDS = 300

export const jobsWait: Command = {
  path: ['jobs', 'wait'],
  summary: (text) => text.commands.jobWait,
  parts: async (): Promise<Parts> => ({
    words: '<id>',
    flags: [oneRegion, projectId, wait, ...outputFlags, ...connectionFlags],
    run,
  }),
}

async function run(given: Given, house: House): Promise<number> {
  const [jobId = ''] = given.words
  const regionId = regionOf(given, house)
  const seconds = secondsOf(given, house.text) ?? SECONDS
  const print = await printer(given, house)
  const connection = await connect(given, house)
  const project = textOf(given, 'project-id') ?? connection.projectId
  const where = { jobId, regionId, ...(project === undefined ? {} : { projectId: project }) }
  try {
    const job = await waitFor(connection.client, where, seconds, house)
    const results = resultsOf(job, [])
    await print({ job, results }, 'results', [])
    return codeOfResults(results, house)
  } catch (thrown) {
    throw problemOf(thrown, 'jobs wait', false, house.text)
  } finally {
    await connection.close()
  }
}
