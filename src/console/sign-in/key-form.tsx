import { Button, Checkbox, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Session } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import { faultsOf, sessionOf } from './given-keys.ts'
import classes from './sign-in.module.css'
import type { Attempt } from './sign-in.tsx'

interface Props {
  isBusy: boolean
  onSubmit: (attempt: Attempt) => void
}

/** The fields are not controlled: React would write each value into an attribute, where keys have no place. */
export function KeyForm({ isBusy, onSubmit }: Props) {
  const text = useText().signIn
  const [kind, setKind] = useState<Session['kind']>('keys')
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf>>({})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const session = sessionOf(kind, (name) => String(form.get(name) ?? '').trim())
    const found = faultsOf(session)
    setFaults(found)
    const [first] = Object.keys(found)
    if (first) event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
    else onSubmit({ session, keep: form.get('keep') === 'on' })
  }
  const field = (name: keyof typeof faults) => {
    const fault = faults[name]
    return { name, error: fault && text[fault], autoComplete: 'off', spellCheck: false }
  }
  const eye = { visibilityToggleButtonProps: { 'aria-label': text.show } }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <SegmentedControl
        fullWidth
        aria-label={text.way}
        value={kind}
        onChange={(next) => {
          setKind(next as Session['kind'])
          setFaults({})
        }}
        data={[
          { value: 'keys', label: text.keys },
          { value: 'token', label: text.token },
        ]}
      />
      {kind === 'keys' ? (
        <>
          <TextInput key="ak" label={text.accessKey} autoCapitalize="none" {...field('accessKey')} />
          <PasswordInput key="sk" label={text.secretKey} {...eye} {...field('secretKey')} />
          <PasswordInput
            key="st"
            label={text.securityToken}
            description={text.securityTokenHint}
            {...eye}
            {...field('securityToken')}
          />
        </>
      ) : (
        <PasswordInput
          key="token"
          label={text.tokenLabel}
          description={text.tokenHint}
          {...eye}
          {...field('token')}
        />
      )}
      <Checkbox name="keep" label={text.keep} description={text.keepHint} />
      <Button type="submit" loading={isBusy} fullWidth size="md">
        {text.submit}
      </Button>
    </form>
  )
}
