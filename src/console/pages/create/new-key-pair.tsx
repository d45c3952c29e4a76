import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { changeForm, currentDraft, set } from './state.ts'

interface Props {
  regionId: string
  onMade: () => void
}

export function NewKeyPair({ regionId, onMade }: Props) {
  const text = useText().create.access
  const client = useQueryClient()
  const [name, setName] = useState('')
  const make = useMutation({
    // The answer holds the private key, which is kept in the draft alone.
    mutationFn: async () => {
      const { keypair } = await call('createKeypair', { body: { regionId, name: name.trim() } })
      const made = keypair?.name ?? name.trim()
      set({ privateKey: { regionId, name: made, text: keypair?.private_key ?? '' } })
      if (currentDraft().form.regionId === regionId) changeForm({ keyName: made })
    },
    onSuccess: onMade,
    onSettled: () => void client.invalidateQueries({ queryKey: ['listKeypairs'] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!make.isPending) make.mutate()
  }
  return (
    <form className={classes.inset} onSubmit={submit}>
      {make.error && <ErrorState error={asApiError(make.error)} isInline />}
      <TextInput
        label={text.keyName}
        description={text.keyNameHint}
        value={name}
        pattern="[A-Za-z0-9_\-]{1,64}"
        required
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={make.isPending}>
        {text.makeKey}
      </Button>
    </form>
  )
}
