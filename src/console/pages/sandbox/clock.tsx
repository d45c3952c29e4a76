import { Button, TextInput } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { type Clock, changeClock } from '../../api/sandbox.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './sandbox.module.css'
import { DoorError, useDoor } from './use-door.tsx'

const STEPS = [60, 3_600, 86_400, 30 * 86_400]

export function ClockSection({ query }: { query: UseQueryResult<Clock> }) {
  const text = useText().sandbox
  return (
    <Section title={text.clock} hint={text.clockHint}>
      <Loaded query={query} loading={<LoadingState rows={2} />}>
        {(clock) => <ClockForm clock={clock} askedAt={query.dataUpdatedAt} />}
      </Loaded>
    </Section>
  )
}

function ClockForm({ clock, askedAt }: { clock: Clock; askedAt: number }) {
  const text = useText().sandbox
  const format = useFormat()
  const door = useDoor(changeClock)
  const now = useTicking(clock, askedAt)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const value = String(new FormData(event.currentTarget).get('set') ?? '')
    if (value !== '') door.mutate({ set: new Date(`${value}Z`).toISOString() })
  }
  const ahead = Math.round(clock.ahead)
  return (
    <div className={classes.stack}>
      <p className={classes.now}>
        <time dateTime={new Date(now).toISOString()}>{format.time(now)}</time>
      </p>
      <p className={classes.fact}>
        {clock.frozen ? text.frozen : text.running}
        {' · '}
        {Math.abs(ahead) < 1
          ? text.onTime
          : ahead > 0
            ? text.ahead(format.duration(ahead))
            : text.behind(format.duration(-ahead))}
      </p>
      <fieldset className={classes.row}>
        <legend>{text.advance}</legend>
        {STEPS.map((seconds) => (
          <Button
            key={seconds}
            size="xs"
            variant="default"
            disabled={door.isPending}
            onClick={() => door.mutate({ advance: seconds })}
          >
            + {format.duration(seconds)}
          </Button>
        ))}
      </fieldset>
      <form onSubmit={submit} className={classes.inline}>
        <TextInput
          name="set"
          type="datetime-local"
          step={1}
          label={text.setTo}
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="default" disabled={door.isPending}>
          {text.setClock}
        </Button>
      </form>
      <DoorError of={door} />
      <Button
        variant="default"
        leftSection={
          clock.frozen ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
        }
        disabled={door.isPending}
        onClick={() => door.mutate({ frozen: !clock.frozen })}
      >
        {clock.frozen ? text.run : text.freeze}
      </Button>
    </div>
  )
}

/** What the world's clock shows, going on from when it was asked for. */
function useTicking(clock: Clock, askedAt: number): number {
  const [, tick] = useState(0)
  useEffect(() => {
    if (clock.frozen) return
    const timer = setInterval(() => tick((count) => count + 1), 1_000)
    return () => clearInterval(timer)
  }, [clock.frozen])
  return Date.parse(clock.now) + (clock.frozen ? 0 : Math.max(0, Date.now() - askedAt))
}
