import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ErrorFacts } from '../../parts/error-facts.tsx'
import { wordsFor } from '../../parts/error-words.ts'
import { Notice } from '../../parts/notice.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import { sendAgain } from './send.ts'
import { type Sending, startAnew, useDraft } from './state.ts'

type Unknown = Extract<Sending, { state: 'unknown' }>

/** The order went out and no answer came back: it may have been carried out, and a second one would buy again. */
export function UnknownOutcome({ body, error }: Unknown) {
  const catalog = useText()
  const text = catalog.create.review
  const format = useFormat()
  const { key } = useDraft()
  const [isAsking, setAsking] = useState(false)
  useStaying()
  const list = `/instances?${new URLSearchParams({ regions: body.regionId, q: body.name })}`
  return (
    <Notice
      tone="warn"
      title={text.unknown}
      role="alert"
      actions={
        <div className={classes.buttons}>
          <Button size="xs" onClick={() => void sendAgain()}>
            {text.sendAgain}
          </Button>
          <Button size="xs" variant="default" component={Link} href={list}>
            {text.look}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>
            {text.giveUp}
          </Button>
        </div>
      }
    >
      <p>{text.unknownHint}</p>
      <p>
        {text.key}: <code>{key}</code>
      </p>
      <p>{wordsFor(error, catalog.errors).title}</p>
      <ErrorFacts error={error} />
      {isAsking && (
        <ConfirmDialog
          isOpen
          title={text.giveUpTitle}
          confirm={text.giveUpSure}
          isDangerous
          onClose={() => setAsking(false)}
          onConfirm={startAnew}
        >
          <p>
            {text.giveUpRisk(format.number(body.count ?? 1))} <SafeText>{body.name}</SafeText>
          </p>
          <p>{text.giveUpAdvice}</p>
        </ConfirmDialog>
      )}
    </Notice>
  )
}

/** With the page the key would be gone, and with it the way to ask again safely. */
function useStaying(): void {
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [])
}
