import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Approvals, Shown } from '../gateway/approvals.ts'

/** What another process is shown, to decide on. */
export interface Filed {
  readonly id: string
  readonly digest: string
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly client: string
  readonly shown: Shown
}

export interface Answered {
  readonly approves: boolean
  /** Of what was shown. */
  readonly digest: string
}

const ID = /^[0-9a-z]{16}$/
/** A moment after nobody can use one any more. */
const KEPT_MS = 10 * 60_000

const wishFile = (folder: string, id: string) => join(folder, `${id}.json`)
const answerFile = (folder: string, id: string) => join(folder, `${id}.answer.json`)

/**
 * A book whose pages are also files, so that a command in another process can show and decide them. What counts is the
 * book: a file brings nothing but yes or no, and the hash of what was shown.
 */
export function filedApprovals(
  book: Approvals,
  folder: string,
  now: () => number,
  report: (error: unknown) => void,
): Approvals {
  return {
    ...book,
    async ask(wish) {
      const ticket = await book.ask(wish)
      if ('refused' in ticket) return ticket
      const { digest, client, shown } = wish
      const filed: Filed = { ...ticket, digest, client, shown }
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        clear(folder, now())
        writeWhole(wishFile(folder, ticket.id), filed)
      } catch (error) {
        report(error) // whoever can be asked otherwise still can
      }
      return ticket
    },
    async use({ id, digest }) {
      const used = await book.use({ id, digest })
      if (!('secret' in used)) return used
      const answer = readAnswer(folder, id)
      if (!answer) return used
      remove(folder, id)
      if (answer.digest !== digest) return { refused: 'other-arguments' }
      const { approves } = answer
      await book.decide({ id, approves, by: 'command', proof: { secret: used.secret } })
      return book.use({ id, digest })
    },
  }
}

/** Undefined where nothing of that name waits. */
export function readWish(folder: string, id: string): Filed | undefined {
  return ID.test(id) ? (read(wishFile(folder, id)) as Filed | undefined) : undefined
}

/** False where it was decided already. */
export function writeAnswer(folder: string, id: string, answer: Answered): boolean {
  if (read(answerFile(folder, id))) return false
  writeWhole(answerFile(folder, id), answer)
  return true
}

const readAnswer = (folder: string, id: string) =>
  ID.test(id) ? (read(answerFile(folder, id)) as Answered | undefined) : undefined

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Nobody sees half of it. */
function writeWhole(file: string, value: object): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function remove(folder: string, id: string): void {
  for (const file of [wishFile(folder, id), answerFile(folder, id)]) rmSync(file, { force: true })
}

function clear(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const [, id] = /^([0-9a-z]{16})\.json$/.exec(name) ?? []
    const wish = id && readWish(folder, id)
    if (wish && wish.expires + KEPT_MS < now) remove(folder, wish.id)
  }
}
