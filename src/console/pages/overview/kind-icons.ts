import { IconAlertCircle, IconCircleCheck, IconCircleOff, IconLoader2 } from '@tabler/icons-react'
import type { Kind } from './tally.ts'

export const KIND_ICONS: Readonly<Record<Kind, typeof IconCircleCheck>> = {
  running: IconCircleCheck,
  stopped: IconCircleOff,
  error: IconAlertCircle,
  other: IconLoader2,
}
