import type { Approval } from '../../api/approvals.ts'
import hint from '../../parts/hint.module.css'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import classes from './approvals.module.css'
import { factsOf } from './facts.ts'

/** All that an approval is for. Names in it are the cloud's. */
export function Details({ approval }: { approval: Approval }) {
  const text = useText().approvals
  const { instances, rest } = factsOf(approval)
  return (
    <>
      {instances.length > 0 && (
        <ul className={classes.instances} aria-label={text.instances}>
          {instances.map(({ id, name, status }) => (
            <li key={id}>
              <span className={classes.name}>
                <SafeText>{name || id}</SafeText>
              </span>
              <span className={hint.hint}>
                <SafeText>{[id, status].filter(Boolean).join(' · ')}</SafeText>
              </span>
            </li>
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <dl className={classes.facts}>
          {rest.map(([name, value]) => (
            <div key={name}>
              <dt>
                <SafeText>{name}</SafeText>
              </dt>
              <dd>
                <SafeText>{value}</SafeText>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
