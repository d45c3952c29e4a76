import { PasswordInput } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { useFieldError } from './parts.tsx'
import { brokenRules, RULES, strengthOf } from './password.ts'
import { changeForm, currentDraft, useDraft } from './state.ts'

/** Not by `value`, which React writes into an attribute of the document, too. */
function fill(input: HTMLInputElement | null): void {
  if (input) input.value = currentDraft().form.password
}

export function Password() {
  const text = useText().create.access
  const errorAt = useFieldError()
  const { form } = useDraft()
  const broken = brokenRules(form.password)
  const strength = strengthOf(form.password)
  return (
    <div className={classes.password}>
      <PasswordInput
        label={text.password}
        description={text.user(form.image?.isWindows ? 'Administrator' : 'root')}
        required
        ref={fill}
        error={errorAt('password')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': text.show }}
        onChange={(event) => changeForm({ password: event.currentTarget.value })}
      />
      <meter className={classes.meter} min={0} max={3} value={strength} aria-label={text.strength} />
      <p className={classes.hint} aria-live="polite">
        {form.password && `${text.strength}: ${text.strengths[strength]}`}
      </p>
      <ul className={classes.rules}>
        {RULES.map((rule) => {
          const isKept = form.password !== '' && !broken.includes(rule)
          const Icon = isKept ? IconCheck : IconX
          return (
            <li key={rule} data-kept={isKept || undefined}>
              <Icon size={15} aria-label={isKept ? text.kept : text.broken} role="img" />
              {text.rules[rule]}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
