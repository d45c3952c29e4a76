import type { ReactNode } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import classes from './instance.module.css'

export interface Fact {
  name: string
  value: ReactNode
  /** What a button beside it copies. */
  copy?: string | null | undefined
}

/** A fact told by a text that somebody else chose. */
export const textFact = (name: string, value: string | null | undefined): Fact => ({
  name,
  value: value ? <SafeText>{value}</SafeText> : undefined,
})

/** An id: in one width, with a button that copies it. */
export const idFact = (name: string, value: string | null | undefined): Fact => ({
  name,
  value: value ? (
    <code>
      <SafeText>{value}</SafeText>
    </code>
  ) : undefined,
  copy: value,
})

/** Facts that are known; the others are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(({ value }) => value !== undefined && value !== null && value !== '')
        .map(({ name, value, copy }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span>{value}</span>
              {copy && <CopyButton text={copy} what={name} />}
            </dd>
          </div>
        ))}
    </dl>
  )
}
