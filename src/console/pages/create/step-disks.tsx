import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import type { Disk } from './form.ts'
import { Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'
import { useDiskTypes } from './use-disk-types.ts'

const MOST_DISKS = 23

export function DisksStep() {
  const text = useText().create.disks
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const types = useDiskTypes()
  const disks = form.dataVolumes
  const change = (at: number, patch: Partial<Disk>) =>
    changeForm({ dataVolumes: disks.map((disk, index) => (index === at ? { ...disk, ...patch } : disk)) })
  return (
    <>
      <Group title={text.system}>
        <div className={classes.fields}>
          <NativeSelect
            label={text.type}
            data={types}
            value={form.rootType}
            error={errorAt('rootType')}
            onChange={(event) => changeForm({ rootType: event.currentTarget.value })}
          />
          <TextInput
            type="number"
            min={form.image?.minDisk || 1}
            max={1_024}
            label={text.size}
            description={text.least(format.gib(form.image?.minDisk || 1))}
            value={form.rootSize}
            error={errorAt('rootSize', true)}
            onChange={(event) => changeForm({ rootSize: event.currentTarget.value })}
          />
        </div>
      </Group>
      <Group title={text.data} hint={text.limits} error={errorAt('dataVolumes', true)}>
        {disks.map((disk, at) => {
          const number = String(at + 1)
          return (
            <div key={number} className={classes.row}>
              <NativeSelect
                aria-label={`${text.dataOne(number)}: ${text.type}`}
                data={types}
                value={disk.type}
                onChange={(event) => change(at, { type: event.currentTarget.value })}
              />
              <TextInput
                type="number"
                min={10}
                aria-label={`${text.dataOne(number)}: ${text.size}`}
                value={disk.size}
                onChange={(event) => change(at, { size: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={text.remove(number)}
                onClick={() => changeForm({ dataVolumes: disks.filter((_, index) => index !== at) })}
              >
                <IconTrash size={17} stroke={1.6} />
              </ActionIcon>
            </div>
          )
        })}
        {disks.length < MOST_DISKS && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => changeForm({ dataVolumes: [...disks, { type: form.rootType, size: '100' }] })}
          >
            {text.add}
          </Button>
        )}
      </Group>
    </>
  )
}
