import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleOff,
  IconHelpCircle,
  IconLoader2,
} from '@tabler/icons-react'
import type { Catalog } from '../text/en.ts'
import { useText } from '../text/locale.ts'
import classes from './status-badge.module.css'

type Tone = 'good' | 'busy' | 'idle' | 'bad' | 'warn'

const ICONS: Record<Tone, typeof IconCircleCheck> = {
  good: IconCircleCheck,
  busy: IconLoader2,
  idle: IconCircleOff,
  bad: IconAlertCircle,
  warn: IconHelpCircle,
}

const TONES: Readonly<Record<string, Tone>> = {
  ...tones('good', 'ACTIVE active available in-use OK SUCCESS'),
  ...tones('idle', 'SHUTOFF DOWN PAUSED SUSPENDED DELETED'),
  ...tones('bad', 'ERROR error FAIL killed'),
  ...tones('warn', 'UNKNOWN PENDING_PAYMENT VERIFY_RESIZE'),
  ...tones(
    'busy',
    'BUILD REBOOT HARD_REBOOT RESIZE REVERT_RESIZE REBUILD MIGRATING PASSWORD starting stopping deleting queued ' +
      'saving creating attaching detaching INIT RUNNING',
  ),
}

/** What a server is about to do counts more than what it still is. */
const TASKS: Readonly<Record<string, keyof Catalog['statuses']>> = {
  'powering-on': 'starting',
  'powering-off': 'stopping',
  deleting: 'deleting',
  rebooting: 'REBOOT',
  reboot_started: 'REBOOT',
}

interface Props {
  /** As Huawei writes it: `ACTIVE`, `SHUTOFF`, `in-use` … */
  status: string | null | undefined
  /** `OS-EXT-STS:task_state` of a server. */
  task?: string | null | undefined
}

/** A state with an icon and a word, never by colour alone. A state we have no word for is shown as it is written. */
export function StatusBadge({ status, task }: Props) {
  const text = useText().statuses
  const shown = (task && TASKS[task]) || status || 'UNKNOWN'
  const tone = toneOf(shown)
  const Icon = shown === 'INIT' || shown === 'queued' ? IconCircleDashed : ICONS[tone]
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden className={tone === 'busy' ? classes.turning : undefined} />
      {shown in text ? text[shown as keyof typeof text] : shown}
    </span>
  )
}

export const toneOf = (status: string): Tone => TONES[status] ?? 'warn'

function tones(tone: Tone, names: string): Record<string, Tone> {
  return Object.fromEntries(names.split(' ').map((name) => [name, tone]))
}
