import { NewPassword } from '../../parts/new-password.tsx'
import { useText } from '../../text/locale.ts'
import { useFieldError } from './parts.tsx'
import { changeForm, currentDraft, useDraft } from './state.ts'

function fill(input: HTMLInputElement | null): void {
  if (input) input.value = currentDraft().form.password
}

export function Password() {
  const text = useText().create.access
  const errorAt = useFieldError()
  const { form } = useDraft()
  return (
    <NewPassword
      label={text.password}
      user={form.image?.isWindows ? 'Administrator' : 'root'}
      password={form.password}
      error={errorAt('password')}
      fill={fill}
      onChange={(password) => changeForm({ password })}
    />
  )
}
