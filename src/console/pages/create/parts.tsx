import { type ReactNode, useId } from 'react'
import { useText } from '../../text/locale.ts'
import { faultsOf } from './checks.ts'
import classes from './create.module.css'
import type { Field } from './form.ts'
import { useDraft } from './state.ts'

/** What is wrong at a field: a refusal of the API at once, what is missing only when `isTold`. */
export function useFieldError(): (field: Field, isTold?: boolean) => string | undefined {
  const text = useText().create.faults
  const { form, errors } = useDraft()
  const faults = faultsOf(form)
  return (field, isTold = false) => {
    const fault = faults[field]
    return errors[field] ?? (isTold && fault ? text[fault] : undefined)
  }
}

interface GroupProps {
  title: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** Controls that belong together, with what is wrong with them as a whole. */
export function Group({ title, hint, error, children }: GroupProps) {
  const id = useId()
  return (
    <fieldset className={classes.group} aria-describedby={error ? id : undefined}>
      <legend>{title}</legend>
      {hint && <p className={classes.hint}>{hint}</p>}
      {error && (
        <p id={id} className={classes.error} role="alert">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  )
}

interface ChoiceProps {
  name: string
  value: string
  isChosen: boolean
  isDisabled?: boolean
  onChoose: () => void
  title: ReactNode
  facts: readonly ReactNode[]
}

/** One of many: a radio button with facts to choose by. */
export function Choice({ name, value, isChosen, isDisabled = false, onChoose, title, facts }: ChoiceProps) {
  return (
    <label
      className={classes.choice}
      data-chosen={isChosen || undefined}
      data-disabled={isDisabled || undefined}
    >
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        disabled={isDisabled}
        onChange={onChoose}
      />
      <span className={classes.choiceText}>
        <strong>{title}</strong>
        <span className={classes.choiceFacts}>
          {facts.map((fact, at) => (
            <span key={at.toString()}>{fact}</span>
          ))}
        </span>
      </span>
    </label>
  )
}
