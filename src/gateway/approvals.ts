/** What an agent wants done, and what a person is shown of it. */
export interface Wish {
  /** A hash over all that the approval is bound to: the exact arguments, the caller and the session. */
  readonly digest: string
  /** Names the key pair behind the caller; nothing can be had with it. */
  readonly account: string
  /** The gateway token that the agent came with. */
  readonly tokenId?: string
  /** What the agent's program calls itself, and its version. */
  readonly client: string
  readonly shown: Shown
}

export interface Shown {
  readonly action: 'create' | 'stop' | 'reboot' | 'terminate'
  readonly regionId: string
  /** How many instances it is about. */
  readonly count: number
  /** All that is to be known of it. Names in it are data of the cloud, made harmless to look at. */
  readonly facts: Readonly<Record<string, unknown>>
}

export interface Pending extends Omit<Wish, 'digest' | 'account'> {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly asked: number
  readonly expires: number
}

/** Who said yes. */
export type ApprovedBy = 'elicitation' | 'console' | 'command'

export type NotApproved =
  | 'unknown'
  | 'late'
  | 'used'
  | 'declined'
  | 'pending'
  | 'other-arguments'
  | 'own-credentials'
  | 'too-many'

export interface Decision {
  readonly id: string
  readonly approves: boolean
  readonly by: ApprovedBy
  /** What proves that a person decides: the secret of the question, or the key pair without its token. */
  readonly proof: { readonly secret: string } | { readonly account: string }
}

export type Ticket = Pick<Pending, 'id' | 'expires'> | { readonly refused: NotApproved }

/** The secret goes to the client that asks a person, and never to the agent. */
export type Use =
  | { readonly by: ApprovedBy }
  | { readonly refused: 'pending'; readonly secret: string; readonly shown: Shown }
  | { readonly refused: Exclude<NotApproved, 'pending'> }

/** Keeps what waits for a person's yes. One for all processes that serve together. */
export interface Approvals {
  ask(wish: Wish): Promise<Ticket>
  list(whose: { readonly account: string }): Promise<readonly Pending[]>
  /** Undefined: it is decided. */
  decide(decision: Decision): Promise<NotApproved | undefined>
  /** Works once. */
  use(what: Pick<Wish, 'digest'> & Pick<Pending, 'id'>): Promise<Use>
  /** Resolves when it is decided, or late. */
  ended(which: Pick<Pending, 'id'>, signal?: AbortSignal): Promise<unknown>
}
