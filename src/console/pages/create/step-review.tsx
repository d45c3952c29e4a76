import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { ErrorFacts } from '../../parts/error-facts.tsx'
import { wordsFor } from '../../parts/error-words.ts'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { faultsOf } from './checks.ts'
import classes from './create.module.css'
import { type Field, STEP_OF, STEPS } from './form.ts'
import { Group } from './parts.tsx'
import { check, create, sendAgain } from './send.ts'
import { startAnew, useDraft } from './state.ts'
import { hrefOf } from './stepper.tsx'
import { Summary } from './summary.tsx'

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
  const catalog = useText()
  const text = catalog.create.review
  const { sending, key } = useDraft()
  if (sending.state === 'checked')
    return (
      <Notice tone="good" title={text.passed} role="status">
        <p>{text.passedHint}</p>
      </Notice>
    )
  if (sending.state === 'refused') return <Refused />
  if (sending.state !== 'unknown') return null
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
          <Button size="xs" variant="default" component={Link} href="/instances">
            {text.look}
          </Button>
          <Button size="xs" variant="subtle" onClick={startAnew}>
            {text.giveUp}
          </Button>
        </div>
      }
    >
      <p>{text.unknownHint}</p>
      <p>
        {text.key}: <code>{key}</code>
      </p>
      <p>{wordsFor(sending.error, catalog.errors).title}</p>
      <ErrorFacts error={sending.error} />
    </Notice>
  )
}

/** What was refused, with ways to the steps it is about; what belongs to no field stands here whole. */
export function Refused() {
  const catalog = useText()
  const text = catalog.create
  const { sending, errors } = useDraft()
  if (sending.state !== 'refused') return null
  const { error } = sending
  const words = wordsFor(error, catalog.errors)
  const fields = Object.keys(errors) as Field[]
  const steps = STEPS.filter((step) => fields.some((field) => STEP_OF[field] === step))
  return (
    <Notice tone={words.tone} title={text.review.refused} role="alert">
      <p>{words.text || words.title}</p>
      {steps.length > 0 && (
        <p className={classes.links}>
          {steps.map((step) => (
            <Link key={step} href={hrefOf(step)}>
              {text.review.change(text.steps[step])}
            </Link>
          ))}
        </p>
      )}
      <ErrorFacts error={error} />
    </Notice>
  )
}
