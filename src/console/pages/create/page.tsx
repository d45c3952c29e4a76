import '@mantine/core/styles/PasswordInput.layer.css'
import { Button } from '@mantine/core'
import { type ComponentType, useEffect, useRef } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { EmptyState } from '../../parts/empty-state.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { type Field, STEP_OF, STEPS, type Step } from './form.ts'
import { Progress } from './progress.tsx'
import { changeForm, currentDraft, useDraft } from './state.ts'
import { AccessStep } from './step-access.tsx'
import { DisksStep } from './step-disks.tsx'
import { ImageStep } from './step-image.tsx'
import { NameStep } from './step-name.tsx'
import { NetworkStep } from './step-network.tsx'
import { RegionStep } from './step-region.tsx'
import { Refused, ReviewStep } from './step-review.tsx'
import { TypeStep } from './step-type.tsx'
import { hrefOf, Stepper } from './stepper.tsx'
import { Summary } from './summary.tsx'

const PAGES: Readonly<Record<Step, ComponentType>> = {
  region: RegionStep,
  image: ImageStep,
  type: TypeStep,
  network: NetworkStep,
  disks: DisksStep,
  access: AccessStep,
  name: NameStep,
  review: ReviewStep,
}

/** The step stands in the address, and a link may name the region; everything else stays in memory. */
export default function CreatePage() {
  const text = useText().create
  const { sending } = useDraft()
  const search = useSearch()
  const given = new URLSearchParams(search)
  const step = STEPS.find((one) => one === given.get('step')) ?? 'region'
  useGivenRegion(given.get('region'))
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      {sending.state === 'sent' ? <Progress sent={sending} /> : <Steps step={step} />}
    </>
  )
}

function Steps({ step }: { step: Step }) {
  const text = useText().create
  const { form, sending } = useDraft()
  const body = useRef<HTMLElement>(null)
  const isLocked = sending.state === 'sending' || sending.state === 'unknown'
  useGoToRefused()
  useFocusOn(step, body)
  const shown = isLocked ? 'review' : step
  const at = STEPS.indexOf(shown)
  const before = STEPS[at - 1]
  const after = STEPS[at + 1]
  const Page = PAGES[shown]
  const needsRegion = shown !== 'region' && shown !== 'review' && form.regionId === ''
  return (
    <div className={classes.layout}>
      <Stepper current={shown} />
      <section ref={body} className={classes.body} tabIndex={-1} aria-label={text.steps[shown]}>
        {shown !== 'review' && <Refused />}
        {needsRegion ? (
          <EmptyState
            title={text.regionFirst}
            action={
              <Button component={Link} href={hrefOf('region')}>
                {text.steps.region}
              </Button>
            }
          />
        ) : (
          <Page />
        )}
        {!isLocked && (
          <div className={classes.buttons}>
            {before && (
              <Button variant="default" component={Link} href={hrefOf(before)}>
                {text.back}
              </Button>
            )}
            {after && (
              <Button component={Link} href={hrefOf(after)}>
                {text.next(text.steps[after])}
              </Button>
            )}
          </div>
        )}
      </section>
      {shown !== 'review' && (
        <aside className={classes.side} aria-label={text.summary}>
          <details open={window.innerWidth >= 1_100}>
            <summary>{text.summary}</summary>
            <Summary />
          </details>
        </aside>
      )}
    </div>
  )
}

function useGivenRegion(region: string | null) {
  useEffect(() => {
    if (region && region !== currentDraft().form.regionId) changeForm({ regionId: region })
  }, [region])
}

/** A refusal about one field brings one there. */
function useGoToRefused() {
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
function useFocusOn(step: Step, body: { current: HTMLElement | null }) {
  const last = useRef(step)
  useEffect(() => {
    if (last.current === step) return
    last.current = step
    body.current?.focus({ preventScroll: true })
    window.scrollTo({ top: 0 })
  }, [step, body])
}
