import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useText } from '../../text/locale.ts'
import { type Wrong, wrongInVpc } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { RegionField } from './region-field.tsx'
import { useWrite } from './use-write.ts'

interface Props {
  region: string
  onClose: () => void
}

const EMPTY = { name: '', cidr: '192.168.0.0/16', description: '' }
const FIELDS = ['name', 'cidr', 'description']

export function CreateVpc({ region, onClose }: Props) {
  const text = useText().networks
  const [regionId, setRegion] = useState(region)
  const [form, setForm] = useState(EMPTY)
  const [wrong, setWrong] = useState<Partial<Record<string, Wrong>>>({})
  const { name, cidr, description } = form
  const write = useWrite(
    () =>
      call('createVpc', {
        body: {
          regionId,
          name: name.trim(),
          cidr: cidr.trim(),
          ...(description.trim() ? { description: description.trim() } : {}),
        },
      }),
    onClose,
  )
  const field = (of: keyof typeof EMPTY) => ({
    label: text.fields[of],
    value: form[of],
    error: wrong[of] ? text.wrong[wrong[of]] : write.saidOf(of),
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => {
      setForm({ ...form, [of]: event.currentTarget.value })
      setWrong({ ...wrong, [of]: undefined })
      write.reset()
    },
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.create.vpcs}
      confirm={text.createIt}
      isBusy={write.isBusy}
      onClose={onClose}
      onConfirm={() => {
        const found = wrongInVpc(form)
        setWrong(found)
        if (Object.keys(found).length === 0) write.mutate(undefined)
      }}
    >
      <div className={classes.form}>
        {write.error && <Refusal error={write.error} fields={FIELDS} />}
        <TextInput {...field('name')} description={text.nameHint} maxLength={64} required data-autofocus />
        <TextInput {...field('cidr')} description={text.vpcRangeHint} required />
        <TextInput {...field('description')} maxLength={255} />
        <RegionField value={regionId} onChange={setRegion} />
      </div>
    </ConfirmDialog>
  )
}
