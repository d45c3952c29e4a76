import { Button } from '@mantine/core'
import {
  IconCloudOff,
  IconExclamationCircle,
  IconHourglass,
  IconKeyOff,
  IconLock,
  IconPlugX,
} from '@tabler/icons-react'
import { useRef } from 'react'
import type { ApiError } from '../api/error.ts'
import { leave, useRefusal, useSession } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import { ErrorFacts } from './error-facts.tsx'
import { wordsFor } from './error-words.ts'
import { MoreFacts } from './more-facts.tsx'
import { Notice } from './notice.tsx'
import { SafeText } from './safe-text.tsx'
import classes from './states.module.css'
import { useCountdown } from './use-countdown.ts'

interface Props {
  error: ApiError
  onRetry?: (() => void) | undefined
  /** Beside something that is shown already: a line instead of a page. */
  isInline?: boolean
}

const LOST_FIRST_S = 2
const LOST_MOST_S = 30

/** A call that failed, what that means, and what one can do. Waits that are known end by themselves. */
export function ErrorState({ error, onRetry, isInline = false }: Props) {
  const text = useText().errors
  const session = useSession()
  const words = wordsFor(error, text)
  const wait = useWait(error)
  const left = useCountdown(onRetry ? wait : undefined, error, () => onRetry?.())
  const isDecidedAbove = useRefusal() === error
  const signIn = error.status === 401 && session !== undefined
  const buttons = isDecidedAbove ? null : (
    <>
      {signIn && (
        <Button size="xs" onClick={leave}>
          {text.signInAgain}
        </Button>
      )}
      {onRetry && (
        <Button size="xs" variant={isInline ? 'subtle' : 'default'} onClick={onRetry}>
          {left === undefined ? text.retry : text.retryNow}
        </Button>
      )}
    </>
  )
  const waiting = left !== undefined && <p aria-live="off">{text.retryIn(String(left))}</p>
  if (isInline) {
    return (
      <Notice tone={words.tone} title={words.title} actions={buttons} role="alert">
        <p>
          <SafeText>{words.text}</SafeText>
        </p>
        {waiting}
        <MoreFacts error={error} />
      </Notice>
    )
  }
  const Icon = iconOf(error)
  return (
    <div className={classes.state} role="alert">
      <span className={classes.badge} data-tone={words.tone}>
        <Icon size={26} stroke={1.5} aria-hidden />
      </span>
      <p className={classes.title}>{words.title}</p>
      <div className={classes.hint}>
        <p>
          <SafeText>{words.text}</SafeText>
        </p>
        {waiting}
      </div>
      <div className={classes.actions}>{buttons}</div>
      <ErrorFacts error={error} />
    </div>
  )
}

/** A lost line is tried after 2, 4, 8 … seconds; throttling says how long it wants. */
function useWait(error: ApiError): number | undefined {
  const seen = useRef<ApiError>(undefined)
  const lost = useRef(0)
  if (seen.current !== error) {
    seen.current = error
    lost.current = error.isNetworkLost ? lost.current + 1 : 0
  }
  if (error.isNetworkLost) return Math.min(LOST_MOST_S, LOST_FIRST_S * 2 ** (lost.current - 1))
  if (error.status === 429) return Math.max(1, error.retryAfter ?? 5)
  return error.status === 503 && error.retryable ? error.retryAfter : undefined
}

function iconOf({ status, isNetworkLost }: ApiError) {
  if (isNetworkLost) return IconPlugX
  if (status === 401) return IconKeyOff
  if (status === 403) return IconLock
  if (status === 429 || status === 503) return IconHourglass
  return status >= 502 ? IconCloudOff : IconExclamationCircle
}
