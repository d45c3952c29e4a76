import { Fragment } from 'react'
import { useText } from '../text/locale.ts'
import classes from './safe-text.module.css'
import { piecesOf } from './visible-text.ts'

/**
 * A name that somebody else chose: shown as text, apart from the direction of what stands around, and with what cannot be
 * seen made visible.
 */
export function SafeText({ children }: { children: string | null | undefined }) {
  const text = useText().parts
  if (!children) return null
  return (
    <bdi>
      {piecesOf(children).map(({ at, text: piece, code }) =>
        code === undefined ? (
          <Fragment key={at}>{piece}</Fragment>
        ) : (
          <span key={at} className={classes.control} title={text.control(code)}>
            {code}
          </span>
        ),
      )}
    </bdi>
  )
}
