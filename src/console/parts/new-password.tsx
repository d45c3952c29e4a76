import { PasswordInput } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { brokenRules, RULES, strengthOf } from '../facts/password.ts'
import { useText } from '../text/locale.ts'
import classes from './new-password.module.css'

interface Props {
  label: string
  /** Whose it will be: root or Administrator. */
  user: string
  password: string
  error?: ReactNode
  /** Fills the field when it comes. Not by `value`, which React writes into an attribute of the document, too. */
  fill?: (input: HTMLInputElement | null) => void
  onChange: (password: string) => void
}

/** A password for an instance, with Huawei Cloud's rules and which of them it keeps so far. */
export function NewPassword({ label, user, password, error, fill, onChange }: Props) {
  const text = useText().parts.newPassword
  const broken = brokenRules(password)
  const strength = strengthOf(password)
  return (
    <div className={classes.password}>
      <PasswordInput
        label={label}
        description={text.user(user)}
        required
        {...(fill ? { ref: fill } : {})}
        data-autofocus
        error={error}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': text.show }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <meter className={classes.meter} min={0} max={3} value={strength} aria-label={text.strength} />
      <p className={classes.strength} aria-live="polite">
        {password && `${text.strength}: ${text.strengths[strength]}`}
      </p>
      <ul className={classes.rules}>
        {RULES.map((rule) => {
          const isKept = password !== '' && !broken.includes(rule)
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
