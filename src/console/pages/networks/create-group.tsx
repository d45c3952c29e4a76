import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useText } from '../../text/locale.ts'
import { wrongInGroup } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { RegionField } from './region-field.tsx'
import { useForm } from './use-form.ts'

interface Props {
  region: string
  onClose: () => void
}

const FIELDS = ['name']

export function CreateGroup({ region, onClose }: Props) {
  const text = useText().networks
  const [regionId, setRegion] = useState(region)
  const { field, submit, error, isBusy } = useForm({
    begin: { name: '' },
    wrongIn: wrongInGroup,
    write: ({ name }) => call('createSecurityGroup', { body: { regionId, name } }),
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.create.groups}
      confirm={text.createIt}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={submit}
    >
      <div className={classes.form}>
        {error && <Refusal error={error} fields={FIELDS} />}
        <TextInput {...field('name')} description={text.nameHint} maxLength={64} required data-autofocus />
        <RegionField value={regionId} onChange={setRegion} />
        <p className={classes.none}>{text.groupHint}</p>
      </div>
    </ConfirmDialog>
  )
}
