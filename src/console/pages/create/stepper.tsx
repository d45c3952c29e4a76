import { IconAlertCircle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { useText } from '../../text/locale.ts'
import { faultsOf, isDone } from './checks.ts'
import classes from './create.module.css'
import { useDraft } from './state.ts'
import { STEPS, type Step } from './steps.ts'

const ICONS = { open: IconCircleDashed, done: IconCircleCheck, wrong: IconAlertCircle }

export const hrefOf = (step: Step): string => `/instances/new?step=${step}`

export function Stepper({ current }: { current: Step }) {
  const text = useText().create
  const { form, errors } = useDraft()
  const faults = faultsOf(form)
  const stateOf = (step: Step) => {
    if (!isDone(step, errors)) return 'wrong'
    const isOpen = step === 'review' ? Object.keys(faults).length > 0 : !isDone(step, faults)
    return isOpen || step === 'review' ? 'open' : 'done'
  }
  // On a small screen most of them are out of sight, and the one that counts must not be.
  const steps = useRef<HTMLElement>(null)
  useEffect(() => {
    steps.current
      ?.querySelector(`[data-step="${current}"]`)
      ?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [current])
  return (
    <nav ref={steps} className={classes.stepper} aria-label={text.stepsLabel}>
      <ol>
        {STEPS.map((step) => {
          const state = stateOf(step)
          const Icon = ICONS[state]
          return (
            <li key={step}>
              <Link
                href={hrefOf(step)}
                data-step={step}
                data-state={state}
                aria-current={step === current ? 'step' : undefined}
              >
                <Icon size={17} stroke={1.7} role="img" aria-label={text.stepStates[state]} />
                {text.steps[step]}
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
