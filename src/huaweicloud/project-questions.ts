import type { Outside } from '../outside.ts'
import type { Pair } from '../wire/signature.ts'
import type { Ask } from './ask.ts'
import type { Caller } from './caller.ts'
import { GLOBAL } from './endpoints.ts'
import { listAuthProjects, listProjects } from './iam.ts'
import type { Operation } from './operation.ts'
import type { AskIam, Project } from './projects.ts'
import type { Answer } from './transport.ts'
import { readAnswer } from './whole-body.ts'
import { within } from './within.ts'

/** A look-up shared by parallel callers must not end with the one who happened to come first. */
const LOOKUP_DEADLINE_MS = 8_000

/** Several thousand projects; more is nobody's account. */
const MOST_PROJECTS_BYTES = 4 * 1024 * 1024

/** What IAM is asked for projects, each question with a deadline of its own. */
export function projectQuestions(
  ask: (operation: Operation, ask: Ask) => Promise<Answer>,
  outside: Outside,
): AskIam {
  const lookUp =
    (operation: Operation) =>
    async (caller: Caller, name?: string): Promise<Project[]> => {
      const region = name ?? GLOBAL
      const query: Pair[] = name !== undefined && operation === listProjects ? [['name', name]] : []
      const until = outside.elapsed() + LOOKUP_DEADLINE_MS
      return within(LOOKUP_DEADLINE_MS, async (signal) => {
        const answer = await ask(operation, { caller, region, query, signal, until })
        const reading = { operation, region, signal, most: MOST_PROJECTS_BYTES }
        return readAnswer(answer, reading, projectsIn)
      })
    }
  return { listed: lookUp(listProjects), own: lookUp(listAuthProjects) }
}

function projectsIn(body: Buffer): Project[] {
  const { projects } = JSON.parse(body.toString()) as { projects: Project[] }
  const found = projects.filter(({ id, name }) => typeof id === 'string' && typeof name === 'string')
  // Goes into paths and headers next.
  if (!found.every(({ id }) => /^[\w-]{1,64}$/.test(id))) throw new TypeError('not an id')
  // Not their texts and links: this is kept for every caller.
  return found.map(({ id, name, domain_id, parent_id }) => ({ id, name, domain_id, parent_id }))
}
