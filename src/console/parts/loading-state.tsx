import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useText } from '../text/locale.ts'
import classes from './states.module.css'

/** The shape of what is to come: a heading and some rows. */
export function LoadingState({ rows = 6 }: { rows?: number }) {
  const text = useText().parts
  return (
    <div role="status" className={classes.skeletons}>
      <VisuallyHidden>{text.loading}</VisuallyHidden>
      <Skeleton height={26} width="32%" mb={8} />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={row} height={38} />
      ))}
    </div>
  )
}
