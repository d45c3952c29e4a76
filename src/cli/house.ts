import type { Command } from './command.ts'
import type { Terminal } from './terminal.ts'
import type { Catalog } from './text/en.ts'

export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken?: string
  readonly projectId?: string
}

export type FoundKeys = { readonly keys: Keys } | { readonly missing: string }

/** Where keys are kept, and which of the places was chosen with `profile use`. */
export interface ProfileShelf {
  find(profile: string): Promise<FoundKeys>
  /** Those that there may be, the file's sections among them. */
  names(): readonly string[]
  chosen(): string | undefined
  choose(profile: string): void
}

/** A gateway that is there for as long as a command runs. */
export interface OwnGateway {
  readonly url: string
  close(): Promise<void>
}

/** What a command has around it; everything that is not words on its line. */
export interface House {
  readonly terminal: Terminal
  readonly text: Catalog
  readonly language: 'en' | 'zh'
  /** From the environment. */
  readonly usual: Readonly<Partial<Record<'gateway' | 'token' | 'region' | 'profile', string>>>
  /** Whether a plain connection beyond this machine was allowed. */
  readonly isInsecure: boolean
  /** Whether Node was told to take any certificate. */
  readonly trustsAnybody: boolean
  readonly profiles: ProfileShelf
  /** Those of the sandbox, for who has none. */
  readonly tryKeys: Keys
  startGateway(withSandbox: boolean): Promise<OwnGateway>
  /** Whether what happens in the sandbox outlives the command. */
  readonly keepsSandbox: boolean
  readonly commands: readonly Command[]
  readonly newKey: () => string
}
