import '@mantine/core/styles/PasswordInput.layer.css'
import { Button } from '@mantine/core'
import { type ComponentType, useRef } from 'react'
import { Link, useSearch } from 'wouter'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { Progress } from './progress.tsx'
import { Refused } from './refused.tsx'
import { useDraft } from './state.ts'
import { AccessStep } from './step-access.tsx'
import { DisksStep } from './step-disks.tsx'
import { ImageStep } from './step-image.tsx'
import { NameStep } from './step-name.tsx'
import { NetworkStep } from './step-network.tsx'
import { RegionStep } from './step-region.tsx'
import { ReviewStep } from './step-review.tsx'
import { TypeStep } from './step-type.tsx'
import { hrefOf, Stepper } from './stepper.tsx'
import { STEPS, type Step } from './steps.ts'
import { Summary } from './summary.tsx'
import { useGiven } from './use-given.ts'
import { useFocusOn, useGoToRefused } from './use-step.ts'

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

/** The step stands in the address, and a link may choose beforehand; everything else stays in memory. */
export default function CreatePage() {
  const text = useText().create
  const { sending } = useDraft()
  const search = useSearch()
  const asked = new URLSearchParams(search).get('step')
  const step = STEPS.find((one) => one === asked) ?? 'region'
  const missing = useGiven(search)
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      {missing.map((id) => (
        <Notice key={id} tone="warn" title={text.notHere} role="status">
          <code>
            <SafeText>{id}</SafeText>
          </code>
        </Notice>
      ))}
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
