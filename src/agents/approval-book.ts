import { randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  Approvals,
  ApprovedBy,
  Decision,
  NotApproved,
  Pending,
  Use,
  Wish,
} from '../gateway/approvals.ts'
import type { Outside } from '../outside.ts'

/** From the preview to the work: long enough to read it, too short to be forgotten and found. */
export const APPROVAL_MS = 2 * 60_000
/** So long it is remembered what became of one, so that it can be told. */
const REMEMBERED_MS = 10 * 60_000
const MOST_OF_ACCOUNT = 20
const MOST = 1_000

interface Entry {
  readonly wish: Wish
  readonly pending: Pending
  readonly secret: string
  /** As `Outside.elapsed` counts. */
  readonly until: number
  state: 'pending' | 'declined' | 'used' | { readonly by: ApprovedBy }
  readonly decided: PromiseWithResolvers<void>
}

/** In memory: an approval does not outlive the process, nor two minutes. */
export function approvalBook(outside: Pick<Outside, 'now' | 'elapsed' | 'sleep'>): Approvals {
  const entries = new Map<string, Entry>()

  const isLate = ({ until }: Entry) => outside.elapsed() >= until
  const waits = (entry: Entry) => entry.state === 'pending' && !isLate(entry)

  function forgetOld(): void {
    for (const [id, { until }] of entries) {
      if (outside.elapsed() < until + REMEMBERED_MS && entries.size < MOST) return
      entries.delete(id)
    }
  }

  function whyNot({ id, proof }: Decision): NotApproved | Entry {
    const entry = entries.get(id)
    if (!entry) return 'unknown'
    if ('secret' in proof) {
      if (!same(proof.secret, entry.secret)) return 'unknown'
    } else {
      if (!same(proof.account, entry.wish.account)) return 'unknown'
      if (entry.wish.tokenId === undefined) return 'own-credentials'
    }
    if (entry.state !== 'pending') return 'used'
    return isLate(entry) ? 'late' : entry
  }

  return {
    async ask(wish) {
      forgetOld()
      const ofAccount = [...entries.values()].filter(
        (entry) => entry.wish.account === wish.account && waits(entry),
      )
      if (ofAccount.length >= MOST_OF_ACCOUNT) return { refused: 'too-many' }
      const { digest: _, account: __, ...told } = wish
      const asked = outside.now()
      const pending = { id: newId(), ...told, asked, expires: asked + APPROVAL_MS }
      entries.set(pending.id, {
        wish,
        pending,
        secret: randomBytes(24).toString('base64url'),
        until: outside.elapsed() + APPROVAL_MS,
        state: 'pending',
        decided: Promise.withResolvers(),
      })
      return { id: pending.id, expires: pending.expires }
    },
    async list({ account }) {
      return [...entries.values()]
        .filter((entry) => same(entry.wish.account, account) && waits(entry))
        .map(({ pending }) => pending)
    },
    async decide(decision) {
      const entry = whyNot(decision)
      if (typeof entry === 'string') return entry
      entry.state = decision.approves ? { by: decision.by } : 'declined'
      entry.decided.resolve()
      return undefined
    },
    async use({ id, digest }): Promise<Use> {
      const entry = entries.get(id)
      if (!entry) return { refused: 'unknown' }
      if (!same(digest, entry.wish.digest)) return { refused: 'other-arguments' }
      const { state, secret, pending } = entry
      if (state === 'used' || state === 'declined') return { refused: state }
      if (isLate(entry)) return { refused: 'late' }
      if (state === 'pending') return { refused: 'pending', secret, shown: pending.shown }
      entry.state = 'used'
      return { by: state.by }
    },
    async ended({ id }, signal) {
      const entry = entries.get(id)
      if (!entry || !waits(entry)) return
      const stop = new AbortController()
      const until = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])])
      const late = outside.sleep(Math.max(0, entry.until - outside.elapsed()), until).catch(() => {})
      await Promise.race([entry.decided.promise, late])
      stop.abort()
    },
  }
}

/** 80 bits of chance in letters that are not taken for each other. */
function newId(): string {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz'
  return Array.from(randomBytes(16), (byte) => letters[byte % 32]).join('')
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
