import { IconAlertTriangle, IconExclamationCircle, IconInfinity } from '@tabler/icons-react'
import type { Catalog } from '../../text/en.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './quotas.module.css'
import { kindAndType, levelOf, type Usage } from './usage.ts'

const ICONS = { near: IconAlertTriangle, full: IconExclamationCircle, unlimited: IconInfinity }

export function UsageRow({ usage }: { usage: Usage }) {
  const text = useText().quotas
  const format = useFormat()
  const { used, limit, unit, kind } = usage
  const level = levelOf(usage)
  const amount = (value: number) =>
    unit === 'MiB' ? format.memory(value) : unit === 'GiB' ? format.gib(value) : format.number(value)
  const name = nameOf(kind, text)
  const isBounded = level === 'fine' || level === 'near' || level === 'full'
  const numbers =
    level === 'unlimited'
      ? used === undefined
        ? ''
        : text.used(amount(used))
      : used === undefined
        ? text.atMost(amount(limit))
        : text.usedOf(amount(used), amount(limit))
  const Icon = level in ICONS ? ICONS[level as keyof typeof ICONS] : undefined
  const words = level === 'fine' || level === 'limit' ? '' : text.levels[level]
  return (
    <li className={classes.row} data-level={level}>
      <div className={classes.line}>
        <span className={classes.name}>{name}</span>
        {words && (
          <span className={classes.level}>
            {Icon && <Icon size={14} stroke={2} aria-hidden />}
            {words}
          </span>
        )}
        <span className={classes.numbers}>
          {numbers}
          {isBounded && <span className={classes.percent}>{format.percent(used ?? 0, limit)}</span>}
        </span>
      </div>
      {isBounded && (
        <div className={classes.bar} aria-hidden>
          <span style={{ width: `${shareOf(used ?? 0, limit)}%` }} />
        </div>
      )}
    </li>
  )
}

/** In percent. What is used at all can be seen. */
const shareOf = (used: number, limit: number) =>
  used === 0 ? 0 : Math.min(100, Math.max(1, (100 * used) / limit))

/** A kind that we have no word for is shown as Huawei writes it. */
function nameOf(kind: string, text: Catalog['quotas']): string {
  const { base, type } = kindAndType(kind)
  const name = base in text.kinds ? text.kinds[base as keyof typeof text.kinds] : base
  return type === undefined ? name : text.ofType(name, type)
}
