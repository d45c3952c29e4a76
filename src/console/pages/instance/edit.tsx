import { TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import type { Regional } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { useText } from '../../text/locale.ts'
import { DialogButton } from './dialog-button.tsx'

/** Gives an instance another name or description. */
export function Edit({ server }: { server: Regional<Server> }) {
  const text = useText().instance
  return (
    <DialogButton name={text.edit} icon={<IconPencil size={15} stroke={1.7} aria-hidden />}>
      {(close) => <Form server={server} onClose={close} />}
    </DialogButton>
  )
}

function Form({ server, onClose }: { server: Regional<Server>; onClose: () => void }) {
  const text = useText().instance
  const client = useQueryClient()
  const [name, setName] = useState(server.name ?? '')
  const [description, setDescription] = useState(server.description ?? '')
  const save = useMutation({
    mutationFn: () =>
      call('updateInstance', {
        path: { instanceId: server.id ?? '' },
        body: {
          regionId: server.regionId,
          ...(name === server.name ? {} : { name }),
          ...(description === (server.description ?? '') ? {} : { description }),
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['showInstance', server.regionId] })
      void client.invalidateQueries({ queryKey: ['listInstances'] })
      onClose()
    },
  })
  const isSame = name === server.name && description === (server.description ?? '')
  const error = save.error && asApiError(save.error)
  const saidOf = (field: string) => error?.fieldViolations.find((one) => one.field === field)?.description
  return (
    <ConfirmDialog
      isOpen
      title={text.editTitle}
      confirm={text.save}
      isBusy={save.isPending}
      onClose={onClose}
      onConfirm={() => (isSame ? onClose() : save.mutate())}
    >
      {error && <ErrorState error={error} isInline />}
      <TextInput
        label={text.name}
        description={text.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={saidOf('name')}
        maxLength={128}
        required
        data-autofocus
      />
      <TextInput
        mt="sm"
        label={text.description}
        description={text.descriptionHint}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={saidOf('description')}
        maxLength={85}
      />
    </ConfirmDialog>
  )
}
