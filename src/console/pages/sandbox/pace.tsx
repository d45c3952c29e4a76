import { Button, SegmentedControl, TextInput } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Pace, setPace, type World } from '../../api/sandbox.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './sandbox.module.css'
import { DoorError, useDoor } from './use-door.tsx'

export function PaceSection({ query }: { query: UseQueryResult<World> }) {
  const text = useText().sandbox
  return (
    <Section title={text.pace} hint={text.paceHint}>
      <Loaded query={query} loading={<LoadingState rows={2} />}>
        {({ pace }) => <PaceForm key={JSON.stringify(pace)} pace={pace} />}
      </Loaded>
    </Section>
  )
}

type By = Pace['by']

function PaceForm({ pace }: { pace: Pace }) {
  const text = useText().sandbox
  const format = useFormat()
  const [by, setBy] = useState<By>(pace.by)
  const [number, setNumber] = useState(numberOf(pace))
  const door = useDoor(setPace)
  const wanted = paceOf(by, number)
  const isSame = JSON.stringify(wanted) === JSON.stringify(pace)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted && !isSame) door.mutate(wanted)
  }
  const now =
    pace.by === 'at-once'
      ? text.paces['at-once'].is
      : pace.by === 'poll'
        ? text.paces.poll.is(format.number(pace.polls))
        : pace.ms === undefined
          ? text.paces.clock.is
          : text.paces.clock.isIn(format.number(pace.ms / 1_000))
  return (
    <form onSubmit={submit} className={classes.stack}>
      <p className={classes.fact}>{now}</p>
      <SegmentedControl
        fullWidth
        aria-label={text.pace}
        value={by}
        onChange={(next) => {
          setBy(next as By)
          setNumber(next === 'poll' ? '3' : '')
        }}
        data={[
          { value: 'at-once', label: text.paces['at-once'].name },
          { value: 'poll', label: text.paces.poll.name },
          { value: 'clock', label: text.paces.clock.name },
        ]}
      />
      {by !== 'at-once' && (
        <TextInput
          type="number"
          min={0}
          step={by === 'poll' ? 1 : 'any'}
          label={by === 'poll' ? text.polls : text.seconds}
          description={by === 'poll' ? text.pollsHint : text.secondsHint}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
      )}
      <DoorError of={door} />
      <Button type="submit" variant="default" disabled={!wanted || isSame} loading={door.isPending}>
        {text.setPace}
      </Button>
    </form>
  )
}

function numberOf(pace: Pace): string {
  if (pace.by === 'poll') return String(pace.polls)
  return pace.by === 'clock' && pace.ms !== undefined ? String(pace.ms / 1_000) : ''
}

function paceOf(by: By, text: string): Pace | undefined {
  const number = Number(text)
  if (by === 'at-once') return { by }
  if (by === 'poll')
    return text !== '' && Number.isInteger(number) && number >= 0 ? { by, polls: number } : undefined
  if (text === '') return { by }
  return number >= 0 ? { by, ms: Math.round(number * 1_000) } : undefined
}
