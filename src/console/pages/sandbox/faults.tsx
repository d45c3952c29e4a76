import { ActionIcon, Button } from '@mantine/core'
import { IconBolt, IconTrash } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type Fault, removeAllFaults, removeFault } from '../../api/sandbox.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import hint from '../../parts/hint.module.css'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { FaultForm } from './fault-form.tsx'
import classes from './sandbox.module.css'
import { DoorError, useDoor } from './use-door.tsx'

export function FaultsSection({ query }: { query: UseQueryResult<{ faults: readonly Fault[] }> }) {
  const text = useText().sandbox
  const one = useDoor(removeFault)
  const all = useDoor(removeAllFaults)
  const count = query.data?.faults.length ?? 0
  return (
    <Section
      title={text.faults}
      hint={text.faultsHint}
      isWide
      actions={
        count > 1 && (
          <Button size="xs" variant="default" loading={all.isPending} onClick={() => all.mutate(undefined)}>
            {text.removeAll}
          </Button>
        )
      }
    >
      <DoorError of={one} />
      <DoorError of={all} />
      <Loaded query={query} loading={<LoadingState rows={1} />}>
        {({ faults }) =>
          faults.length === 0 ? (
            <EmptyState icon={IconBolt} title={text.noFaults} hint={text.noFaultsHint} />
          ) : (
            <ul className={classes.list}>
              {faults.map((fault) => (
                <PlantedFault key={fault.id} fault={fault} onRemove={() => one.mutate(fault.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <h3 className={classes.sub}>{text.plantTitle}</h3>
      <FaultForm />
    </Section>
  )
}

function PlantedFault({ fault, onRemove }: { fault: Fault; onRemove: () => void }) {
  const text = useText().sandbox
  const format = useFormat()
  const regionName = useRegionName()
  const { id, on, region, phase, chance, left, struck } = fault
  const facts = [
    region === undefined ? text.everywhere : regionName(region),
    phase === 'after' ? text.after : text.before,
    ...(chance === undefined ? [] : [text.withChance(format.percent(chance, 1))]),
    left === undefined ? text.untilRemoved : left === 0 ? text.usedUp : text.left(format.number(left)),
    text.struck(format.number(struck)),
  ]
  return (
    <li className={classes.item} data-over={left === 0 || undefined}>
      <div>
        <code>{on}</code> <strong>{troubleWords(fault, text, format)}</strong>
        <p className={hint.hint}>{facts.join(' · ')}</p>
      </div>
      <ActionIcon aria-label={text.remove(id)} title={text.remove(id)} onClick={onRemove}>
        <IconTrash size={17} stroke={1.6} />
      </ActionIcon>
    </li>
  )
}

function troubleWords({ trouble }: Fault, text: Catalog['sandbox'], format: Format): string {
  if (trouble.kind === 'delay') return text.delayed(format.number(trouble.ms))
  if (trouble.kind === 'refuse') return text.refused(String(trouble.status), trouble.code ?? '')
  return text.troubles[trouble.kind]
}
