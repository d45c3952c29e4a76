import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { isUnderWay, tallyOf as runTally } from '../../actions/run-outcome.ts'
import { useRuns } from '../../actions/run-store.ts'
import panel from '../../parts/panel.module.css'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { KIND_ICONS } from './kind-icons.ts'
import classes from './overview.module.css'
import { STATUS_OF, type Tally } from './tally.ts'

/** The sums over all regions that have answered. */
export function Cards({ sum, isPending }: { sum: Tally; isPending: boolean }) {
  const text = useText().overview
  const format = useFormat()
  const runs = useRuns().filter(isUnderWay)
  const waiting = runs.reduce((count, run) => count + runTally(run).waiting, 0)
  const value = (shown: string) => (isPending ? <Skeleton height={28} width={64} /> : shown)
  const unsized = sum.unsized > 0 ? ` ${text.unsized(format.number(sum.unsized))}` : ''
  return (
    <dl className={classes.cards}>
      <Card name={text.instances} value={value(format.number(sum.all))} href="/instances" />
      {(['running', 'stopped', 'error'] as const).map((kind) => (
        <Card
          key={kind}
          name={text.kinds[kind]}
          value={value(format.number(sum[kind]))}
          href={`/instances?status=${STATUS_OF[kind]}`}
          kind={sum[kind] > 0 ? kind : undefined}
        />
      ))}
      <Card
        name={text.vcpus}
        value={value(format.number(sum.vcpus))}
        hint={text.ofRunning(format.number(sum.runningVcpus)) + unsized}
      />
      <Card
        name={text.memory}
        value={value(format.memory(sum.memory))}
        hint={text.ofRunning(format.memory(sum.runningMemory)) + unsized}
      />
      <Card
        name={text.actions}
        value={format.number(runs.length)}
        hint={runs.length > 0 ? text.actionsFor(format.number(waiting)) : text.actionsHint}
      />
    </dl>
  )
}

interface CardProps {
  name: string
  value: ReactNode
  hint?: string
  href?: string
  kind?: 'running' | 'stopped' | 'error' | undefined
}

function Card({ name, value, hint, href, kind }: CardProps) {
  const Icon = kind && KIND_ICONS[kind]
  return (
    <div className={`${panel.panel} ${classes.card}`} data-kind={kind}>
      <dt>
        {Icon && <Icon size={15} stroke={2} aria-hidden />}
        {href ? <Link href={href}>{name}</Link> : name}
      </dt>
      <dd className={classes.value}>{value}</dd>
      {hint && <dd className={classes.hint}>{hint}</dd>}
    </div>
  )
}
