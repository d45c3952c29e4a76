import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Approval, Decision } from '../../api/approvals.ts'
import type { ApiError } from '../../api/error.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import hint from '../../parts/hint.module.css'
import { Notice } from '../../parts/notice.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useCountdown } from '../../parts/use-countdown.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './approvals.module.css'
import { Details } from './details.tsx'
import { useHeadline } from './words.ts'

interface Props {
  approval: Approval
  isBusy: boolean
  failure: ApiError | undefined
  onDecide: (decision: Decision) => void
  /** Its time is over. */
  onLate: () => void
}

/** One that waits, with all that it is for. */
export function Waiting({ approval, isBusy, failure, onDecide, onLate }: Props) {
  const text = useText().approvals
  const format = useFormat()
  const headline = useHeadline()(approval)
  const [isAsking, setIsAsking] = useState(false)
  const { id, client, tokenId, expires, shown } = approval
  const [seconds] = useState(() => Math.max(1, Math.ceil((expires - Date.now()) / 1_000)))
  const left = useCountdown(seconds, id, onLate) ?? 0
  const isDangerous = shown.action === 'terminate'
  return (
    <li className={classes.item} aria-label={headline}>
      <div className={classes.head}>
        <h3>{headline}</h3>
        <span className={classes.left} data-short={left <= 30 || undefined} aria-live="off">
          {text.left(format.duration(left))}
        </span>
      </div>
      <p className={hint.hint}>
        {text.askedBy} <SafeText>{client}</SafeText>{' '}
        {tokenId === undefined ? (
          text.withKeys
        ) : (
          <>
            {text.withToken} <code>{tokenId}</code>
          </>
        )}
      </p>
      <Details approval={approval} />
      {failure && <ErrorState error={failure} isInline />}
      {tokenId === undefined ? (
        <Notice tone="warn">
          <p>{text.own}</p>
        </Notice>
      ) : (
        <div className={classes.buttons}>
          <Button
            size="xs"
            color={isDangerous ? 'red.9' : 'lake'}
            loading={isBusy}
            aria-label={text.decideOn(text.confirm, headline)}
            onClick={() => setIsAsking(true)}
          >
            {text.approve}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={isBusy}
            aria-label={text.decideOn(text.decline, headline)}
            onClick={() => onDecide('decline')}
          >
            {text.decline}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          isOpen
          title={text.confirmTitle}
          confirm={text.confirm}
          isDangerous={isDangerous}
          word={isDangerous ? String(shown.count) : undefined}
          onClose={() => setIsAsking(false)}
          onConfirm={() => {
            setIsAsking(false)
            onDecide('approve')
          }}
        >
          <p>
            <strong>{headline}</strong>
          </p>
          <Details approval={approval} />
          <p className={hint.hint}>{text.confirmWhat}</p>
        </ConfirmDialog>
      )}
    </li>
  )
}
