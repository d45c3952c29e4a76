import { Link } from 'wouter'
import { ErrorFacts } from '../../parts/error-facts.tsx'
import { wordsFor } from '../../parts/error-words.ts'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import type { Field } from './form.ts'
import { useDraft } from './state.ts'
import { hrefOf } from './stepper.tsx'
import { STEP_OF, STEPS } from './steps.ts'

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
