import { IconCircleCheck, IconCircleX, IconClockX } from '@tabler/icons-react'
import hint from '../../parts/hint.module.css'
import { SafeText } from '../../parts/safe-text.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import classes from './approvals.module.css'
import { factsOf } from './facts.ts'
import type { End, Ended } from './use-decisions.ts'
import { useHeadline } from './words.ts'

const ICONS: Partial<Record<End, typeof IconClockX>> = { approve: IconCircleCheck, decline: IconCircleX }

/** What became of those that waited while the page was open, the latest first. */
export function Decided({ ended }: { ended: readonly Ended[] }) {
  const text = useText().approvals
  const headlineOf = useHeadline()
  return (
    <div role="status">
      {ended.length > 0 && (
        <Section title={text.ended}>
          <ul className={classes.list}>
            {ended.map(({ approval, end }) => {
              const Icon = ICONS[end] ?? IconClockX
              const names = factsOf(approval).instances.map(({ id, name }) => name || id)
              return (
                <li key={approval.id} className={classes.ended} data-end={end}>
                  <Icon size={18} stroke={1.8} aria-hidden />
                  <div>
                    <strong>{headlineOf(approval)}</strong>
                    {names.length > 0 && (
                      <p className={hint.hint}>
                        <SafeText>{names.join(', ')}</SafeText>
                      </p>
                    )}
                    <p>{text.ends[end]}</p>
                  </div>
                </li>
              )
            })}
          </ul>
        </Section>
      )}
    </div>
  )
}
