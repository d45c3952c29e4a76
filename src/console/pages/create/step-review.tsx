import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { faultsOf } from './checks.ts'
import classes from './create.module.css'
import type { Field } from './form.ts'
import { Group } from './parts.tsx'
import { Refused } from './refused.tsx'
import { check, create } from './send.ts'
import { useDraft } from './state.ts'
import { hrefOf } from './stepper.tsx'
import { STEP_OF, STEPS } from './steps.ts'
import { Summary } from './summary.tsx'
import { UnknownOutcome } from './unknown-outcome.tsx'

export function ReviewStep() {
  const text = useText().create
  const { form, sending } = useDraft()
  const format = useFormat()
  const wrong = new Set((Object.keys(faultsOf(form)) as Field[]).map((field) => STEP_OF[field]))
  const { state } = sending
  return (
    <Group title={text.steps.review}>
      <Summary />
      {wrong.size > 0 && state !== 'unknown' && (
        <Notice tone="warn" title={text.review.missing}>
          <p className={classes.links}>
            {STEPS.filter((step) => wrong.has(step)).map((step) => (
              <Link key={step} href={hrefOf(step)}>
                {text.steps[step]}
              </Link>
            ))}
          </p>
        </Notice>
      )}
      <Outcome />
      {state !== 'unknown' && wrong.size === 0 && (
        <>
          {state !== 'checked' && state !== 'sending' && (
            <p className={classes.hint}>{text.review.checkHint}</p>
          )}
          <div className={classes.buttons}>
            {state === 'checked' || state === 'sending' ? (
              <Button loading={state === 'sending'} onClick={() => void create()}>
                {text.review.create(format.number(Number(form.count)))}
              </Button>
            ) : (
              <Button loading={state === 'checking'} onClick={() => void check()}>
                {text.review.check}
              </Button>
            )}
          </div>
        </>
      )}
      <p className={classes.status} role="status">
        {state === 'checking' && text.review.checking}
        {state === 'sending' && text.review.sending}
      </p>
    </Group>
  )
}

/** What the last try came to. */
function Outcome() {
  const text = useText().create.review
  const { form, sending } = useDraft()
  if (sending.state === 'checked')
    return (
      <Notice tone="good" title={text.passed} role="status">
        <p>{text.passedHint[form.charging]}</p>
      </Notice>
    )
  if (sending.state === 'refused') return <Refused />
  return sending.state === 'unknown' ? <UnknownOutcome {...sending} /> : null
}
