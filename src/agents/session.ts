import type { Shown } from '../gateway/approvals.ts'

/** One conversation with an agent's program. */
export interface Session {
  /** Approvals are bound to it. */
  readonly id: string
  /** What the program calls itself, and its version. */
  readonly client: string
  /** Undefined where the program cannot ask a person. Resolves when it has, however it went: the book knows. */
  readonly elicit?: (question: Question, signal: AbortSignal) => Promise<void>
}

export interface Question {
  readonly id: string
  readonly secret: string
  readonly shown: Shown
}

/** What a program calls itself may be anything; it stands in logs and is shown to people. */
export function clientNamed({ name, version }: { name?: unknown; version?: unknown }): string {
  const plain = (text: unknown) =>
    String(text ?? '')
      .replace(/[^\w. -]/g, '')
      .slice(0, 48)
  return `${plain(name) || 'unnamed'}/${plain(version) || '0'}`
}
