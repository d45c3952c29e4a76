import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconCamera, IconTrash } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { removeSnapshot, restoreSnapshot, takeSnapshot } from '../../api/sandbox.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import classes from './sandbox.module.css'
import { DoorError, useDoor } from './use-door.tsx'

/** What the gateway lets through; the sandbox itself also takes dots. */
const NAME = /^[\w-]{1,64}$/

export function SnapshotsSection({ query }: { query: UseQueryResult<{ snapshots: readonly string[] }> }) {
  const text = useText().sandbox
  const [name, setName] = useState('')
  const [isOdd, setOdd] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const take = useDoor(takeSnapshot, { onDone: () => setName('') })
  const restore = useDoor(restoreSnapshot, { everything: true, onDone: () => setChosen(undefined) })
  const remove = useDoor(removeSnapshot)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isGood = NAME.test(name)
    setOdd(!isGood)
    if (isGood) take.mutate(name)
  }
  return (
    <Section title={text.snapshots} hint={text.snapshotsHint}>
      <form onSubmit={submit} className={classes.inline}>
        <TextInput
          label={text.snapshotName}
          value={name}
          error={isOdd && text.snapshotOdd}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setOdd(false)
          }}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" loading={take.isPending}>
          {query.data?.snapshots.includes(name) ? text.replaceSnapshot : text.takeSnapshot}
        </Button>
      </form>
      <DoorError of={take} />
      <DoorError of={remove} />
      <Loaded query={query} loading={<LoadingState rows={2} />}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            <EmptyState icon={IconCamera} title={text.noSnapshots} />
          ) : (
            <ul className={classes.list}>
              {snapshots.map((one) => (
                <li key={one} className={classes.item}>
                  <code>{one}</code>
                  <div className={classes.actions}>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={text.restoreNamed(one)}
                      onClick={() => setChosen(one)}
                    >
                      {text.restore}
                    </Button>
                    <ActionIcon
                      aria-label={text.remove(one)}
                      title={text.remove(one)}
                      onClick={() => remove.mutate(one)}
                    >
                      <IconTrash size={17} stroke={1.6} />
                    </ActionIcon>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmDialog
        isOpen={chosen !== undefined}
        title={text.restoreTitle(chosen ?? '')}
        confirm={text.restore}
        isDangerous
        isBusy={restore.isPending}
        onConfirm={() => chosen !== undefined && restore.mutate(chosen)}
        onClose={() => {
          setChosen(undefined)
          restore.reset()
        }}
      >
        <p>{text.restoreHint}</p>
        <DoorError of={restore} />
      </ConfirmDialog>
    </Section>
  )
}
