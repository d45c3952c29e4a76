import type { ApiError } from '../api/error.ts'
import { useText } from '../text/locale.ts'
import { ErrorFacts } from './error-facts.tsx'
import classes from './states.module.css'

/** The same facts where there is little room; of a fault that nobody here can mend they are what one needs. */
export function MoreFacts({ error }: { error: ApiError }) {
  const text = useText().errors
  if (error.status === 0) return null
  return (
    <details className={classes.more} open={error.status >= 500}>
      <summary>{text.details}</summary>
      <ErrorFacts error={error} />
    </details>
  )
}
