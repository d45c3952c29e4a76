import { IconCircleCheck, IconCircleX, IconLoader2 } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Result } from '../../api/schema.ts'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import type { CreateBody } from './body.ts'
import classes from './create.module.css'

interface Props {
  results: readonly Result[]
  body: CreateBody
}

/** What has become of each instance so far. */
export function Servers({ results, body }: Props) {
  const text = useText().create.progress
  const format = useFormat()
  return (
    <ul className={classes.servers} aria-label={text.servers}>
      {results.map(({ id, ok, code, message }, at) => {
        const Icon = ok === null ? IconLoader2 : ok ? IconCircleCheck : IconCircleX
        const state = ok === null ? 'waiting' : ok ? 'ok' : 'bad'
        return (
          <li key={id} data-state={state}>
            <Icon size={18} stroke={1.7} aria-hidden />
            <span>
              <Link href={`/instances/${body.regionId}/${encodeURIComponent(id)}`}>
                {results.length === 1 ? (
                  <SafeText>{body.name}</SafeText>
                ) : (
                  text.instance(format.number(at + 1))
                )}
              </Link>{' '}
              <code>{id}</code>
              {(code || message) && (
                <span className={classes.failure}>
                  <code>{code}</code> <SafeText>{message}</SafeText>
                </span>
              )}
            </span>
            <span className={classes.outcome}>{text[state]}</span>
          </li>
        )
      })}
    </ul>
  )
}
