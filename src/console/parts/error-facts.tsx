import type { ApiError } from '../api/error.ts'
import { useText } from '../text/locale.ts'
import { CopyButton } from './copy-button.tsx'
import { SafeText } from './safe-text.tsx'
import classes from './states.module.css'

/** What one gives to whoever is asked for help. */
export function ErrorFacts({ error }: { error: ApiError }) {
  const text = useText().errors
  const { status, reason, domain, requestId, upstreamRequestId, fieldViolations } = error
  const saidBy = domain === 'huawei-cloud-api' ? text.ourServer : domain
  return (
    <>
      {fieldViolations.length > 0 && (
        <ul className={classes.violations}>
          {fieldViolations.map(({ field, description }) => (
            <li key={field + description}>
              <code>{field}</code> <SafeText>{description}</SafeText>
            </li>
          ))}
        </ul>
      )}
      {status > 0 && (
        <dl className={classes.facts}>
          <dt>{text.reason}</dt>
          <dd>
            <code>
              {status} {reason}
            </code>
          </dd>
          {saidBy && (
            <>
              <dt>{text.saidBy}</dt>
              <dd>{saidBy}</dd>
            </>
          )}
          <Id name={text.requestId} id={requestId} />
          <Id name={text.upstreamRequestId} id={upstreamRequestId} />
        </dl>
      )}
    </>
  )
}

function Id({ name, id }: { name: string; id: string | undefined }) {
  if (!id) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{id}</code>
        <CopyButton text={id} what={name} />
      </dd>
    </>
  )
}
