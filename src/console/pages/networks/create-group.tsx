import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useText } from '../../text/locale.ts'
import { wrongName } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { RegionField } from './region-field.tsx'
import { useWrite } from './use-write.ts'

interface Props {
  region: string
  onClose: () => void
}

const FIELDS = ['name']

export function CreateGroup({ region, onClose }: Props) {
  const text = useText().networks
  const [regionId, setRegion] = useState(region)
  const [name, setName] = useState('')
  const [isWrong, setWrong] = useState(false)
  const write = useWrite(
    () => call('createSecurityGroup', { body: { regionId, name: name.trim() } }),
    onClose,
  )
  return (
    <ConfirmDialog
      isOpen
      title={text.create.groups}
      confirm={text.createIt}
      isBusy={write.isBusy}
      onClose={onClose}
      onConfirm={() => {
        if (wrongName(name)) setWrong(true)
        else write.mutate(undefined)
      }}
    >
      <div className={classes.form}>
        {write.error && <Refusal error={write.error} fields={FIELDS} />}
        <TextInput
          label={text.fields.name}
          description={text.nameHint}
          value={name}
          error={isWrong ? text.wrong.name : write.saidOf('name')}
          autoComplete="off"
          maxLength={64}
          required
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value)
            setWrong(false)
            write.reset()
          }}
        />
        <RegionField value={regionId} onChange={setRegion} />
        <p className={classes.none}>{text.groupHint}</p>
      </div>
    </ConfirmDialog>
  )
}
