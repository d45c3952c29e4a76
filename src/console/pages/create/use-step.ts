import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Field } from './form.ts'
import { useDraft } from './state.ts'
import { hrefOf } from './stepper.tsx'
import { STEP_OF, STEPS, type Step } from './steps.ts'

/** A refusal about one field brings one there. */
export function useGoToRefused() {
  const [, go] = useLocation()
  const { sending, errors } = useDraft()
  const told = useRef(sending)
  useEffect(() => {
    if (sending === told.current) return
    told.current = sending
    if (sending.state !== 'refused') return
    const fields = Object.keys(errors) as Field[]
    const first = STEPS.find((step) => fields.some((field) => STEP_OF[field] === step))
    if (first) go(hrefOf(first))
  }, [sending, errors, go])
}

/** Another step takes the focus, so that who uses the keyboard goes on from its beginning. */
export function useFocusOn(step: Step, body: { current: HTMLElement | null }) {
  const last = useRef(step)
  useEffect(() => {
    if (last.current === step) return
    last.current = step
    body.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [step, body])
}
