import { ActionIcon, Button } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconHelpCircle, IconLoader2, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { ErrorFacts } from '../parts/error-facts.tsx'
import { wordsFor } from '../parts/error-words.ts'
import { SafeText } from '../parts/safe-text.tsx'
import { useRegionName } from '../parts/use-region-name.ts'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import classes from './actions.module.css'
import { dismiss, followAgain, repeatFailed } from './run.ts'
import { isUnderWay, outcomesOf, type Tally, tallyOf } from './run-outcome.ts'
import type { Part, Run } from './run-store.ts'

export const OUTCOME_ICONS = {
  waiting: IconLoader2,
  done: IconCircleCheck,
  failed: IconAlertCircle,
  unknown: IconHelpCircle,
}

type Outcome = keyof typeof OUTCOME_ICONS

/** One action: how far it is, what became of each instance, and what can be done about those that failed. */
export function RunCard({ run }: { run: Run }) {
  const text = useText().instances.actions
  const format = useFormat()
  const tally = tallyOf(run)
  const isBusy = isUnderWay(run)
  const [isWide, setWide] = useState(false)
  // What went wrong is not hidden behind a click.
  const isOpen = isWide || (!isBusy && tally.failed + tally.unknown > 0)
  const [first] = run.parts.flatMap(({ targets }) => targets)
  return (
    <li className={classes.run}>
      <div className={classes.runHead}>
        <OutcomeIcon outcome={overall(tally)} />
        <strong>
          {text[run.kind].name}{' '}
          {tally.all === 1 ? <SafeText>{first?.name}</SafeText> : text.some(format.number(tally.all))}
        </strong>
        {!isBusy && (
          <ActionIcon size="sm" aria-label={text.dismiss} onClick={() => dismiss(run)}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </div>
      <progress
        className={classes.progress}
        max={tally.all}
        value={tally.all - tally.waiting}
        aria-label={text[run.kind].name}
        data-outcome={overall(tally)}
      />
      <p className={classes.tally} aria-live="polite">
        {tallyWords(tally, text, format.number)}
      </p>
      <div className={classes.runButtons}>
        {!(tally.failed + tally.unknown > 0 && !isBusy) && (
          <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => setWide(!isWide)}>
            {isOpen ? text.hideEach : text.showEach}
          </Button>
        )}
        {!isBusy && run.mayRepeat && tally.failed > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => repeatFailed(run)}>
            {text.repeatFailed(format.number(tally.failed))}
          </Button>
        )}
        {run.parts.some(({ state }) => state === 'lost') && (
          <Button size="compact-xs" variant="default" onClick={() => followAgain(run)}>
            {text.followAgain}
          </Button>
        )}
      </div>
      {isOpen && run.parts.map((part, at) => <Region key={at.toString()} run={run} part={part} />)}
    </li>
  )
}

function Region({ run, part }: { run: Run; part: Part }) {
  const catalog = useText()
  const nameOf = useRegionName()
  const text = catalog.instances.actions
  const { error, regionId, jobId, state } = part
  return (
    <div className={classes.part}>
      <p className={classes.partHead}>
        {nameOf(regionId)}
        {jobId && <code>{text.job(jobId)}</code>}
      </p>
      {state === 'unknown' && (
        <p className={classes.unknown}>
          {text.unknown} {text[run.kind].findOut}
        </p>
      )}
      {state === 'lost' && <p className={classes.unknown}>{text.lost}</p>}
      {error && (
        <div className={classes.error}>
          {state === 'refused' && (
            <p>
              <SafeText>{wordsFor(error, catalog.errors).text || error.message}</SafeText>
            </p>
          )}
          <ErrorFacts error={error} />
        </div>
      )}
      <ul className={classes.outcomes}>
        {outcomesOf(part).map(({ id, name, outcome, code, message }) => (
          <li key={id}>
            <OutcomeIcon outcome={outcome} />
            <div>
              <Link href={`/instances/${regionId}/${encodeURIComponent(id)}`}>
                <SafeText>{name}</SafeText>
              </Link>
              {outcome === 'failed' && state !== 'refused' && (
                <p>
                  {code && <code>{code}</code>} <SafeText>{message}</SafeText>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function OutcomeIcon({ outcome }: { outcome: Outcome }) {
  const text = useText().instances.actions
  const Icon = OUTCOME_ICONS[outcome]
  return (
    <span className={classes.icon} data-outcome={outcome} role="img" aria-label={text.outcomes[outcome]}>
      <Icon size={16} stroke={1.8} aria-hidden />
    </span>
  )
}

function overall({ waiting, failed, unknown }: Tally): Outcome {
  if (waiting > 0) return 'waiting'
  if (failed > 0) return 'failed'
  return unknown > 0 ? 'unknown' : 'done'
}

type ActionText = ReturnType<typeof useText>['instances']['actions']

function tallyWords(tally: Tally, text: ActionText, number: (value: number) => string): string {
  const parts = (['done', 'failed', 'unknown', 'waiting'] as const)
    .filter((outcome) => tally[outcome] > 0)
    .map((outcome) => text.count[outcome](number(tally[outcome])))
  return parts.join(' · ')
}
