import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useText } from '../../text/locale.ts'
import { wrongInVpc } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { RegionField } from './region-field.tsx'
import { useForm } from './use-form.ts'

interface Props {
  region: string
  onClose: () => void
}

const FIELDS = ['name', 'cidr', 'description']

export function CreateVpc({ region, onClose }: Props) {
  const text = useText().networks
  const [regionId, setRegion] = useState(region)
  const { field, submit, error, isBusy } = useForm({
    begin: { name: '', cidr: '192.168.0.0/16', description: '' },
    wrongIn: wrongInVpc,
    write: ({ description, ...form }) =>
      call('createVpc', { body: { regionId, ...form, ...(description ? { description } : {}) } }),
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.create.vpcs}
      confirm={text.createIt}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={submit}
    >
      <div className={classes.form}>
        {error && <Refusal error={error} fields={FIELDS} />}
        <TextInput {...field('name')} description={text.nameHint} maxLength={64} required data-autofocus />
        <TextInput {...field('cidr')} description={text.vpcRangeHint} required />
        <TextInput {...field('description')} maxLength={255} />
        <RegionField value={regionId} onChange={setRegion} />
      </div>
    </ConfirmDialog>
  )
}
