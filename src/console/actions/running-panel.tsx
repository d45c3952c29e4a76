import { ActionIcon, Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import classes from './actions.module.css'
import { dismiss } from './run.ts'
import { RunCard } from './run-card.tsx'
import { isUnderWay, tallyOf } from './run-outcome.ts'
import type { Run } from './run-store.ts'

const isSmall = () => matchMedia('(max-width: 35em)').matches

const isInTrouble = (run: Run): boolean => {
  const { failed, unknown } = tallyOf(run)
  return failed + unknown > 0
}

export default function RunningPanel({ runs }: { runs: readonly Run[] }) {
  const text = useText().instances.actions
  const format = useFormat()
  const [chosen, setOpen] = useState<boolean>()
  // Where it would lie over the page it opens by itself for bad news only.
  const isOpen = chosen ?? (!isSmall() || runs.some(isInTrouble))
  const ended = runs.filter((run) => !isUnderWay(run))
  const busy = runs.length - ended.length
  return (
    <section className={classes.panel} aria-label={text.panel}>
      <header className={classes.panelHead}>
        <h2>{text.panel}</h2>
        <span className={classes.panelCount} role="status">
          {busy > 0 ? text.underWay(format.number(busy)) : text.allEnded}
        </span>
        <ActionIcon
          size="sm"
          aria-label={isOpen ? text.fold : text.unfold}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </ActionIcon>
        {busy === 0 && (
          <ActionIcon size="sm" aria-label={text.dismissAll} onClick={() => ended.forEach(dismiss)}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </header>
      {isOpen && (
        <div className={classes.panelBody}>
          <ul className={classes.runs}>
            {runs.map((run) => (
              <RunCard key={run.number} run={run} />
            ))}
          </ul>
          {busy > 0 && ended.length > 0 && (
            <Button size="xs" variant="subtle" onClick={() => ended.forEach(dismiss)}>
              {text.dismissEnded}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
