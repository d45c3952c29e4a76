import { Button, Tooltip } from '@mantine/core'
import '@mantine/core/styles/Tooltip.layer.css'
import { IconPlayerPlay, IconPlayerStop, IconRefreshDot, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Regional } from '../api/list.ts'
import type { Server } from '../api/schema.ts'
import { useText } from '../text/locale.ts'
import classes from './actions.module.css'
import { ConfirmAction } from './confirm-action.tsx'
import { POWER_ACTIONS, type PowerAction, reasonsOf, sortedFor } from './power.ts'

const ICONS = {
  start: IconPlayerPlay,
  stop: IconPlayerStop,
  reboot: IconRefreshDot,
  terminate: IconTrash,
}

interface Props {
  servers: readonly Regional<Server>[]
  onDone?: () => void
}

/** What can be done to these instances; what makes no sense for any of them is switched off and says why. */
export function ActionButtons({ servers, onDone }: Props) {
  const text = useText().instances.actions
  const [asked, setAsked] = useState<PowerAction>()
  return (
    <div className={classes.buttons} role="toolbar" aria-label={text.toolbar}>
      {POWER_ACTIONS.map((action) => {
        const { fit, unfit } = sortedFor(action, servers)
        const why = reasonsOf(unfit).map(([reason]) => text.why[reason])
        const reason = servers.length === 0 ? text.chooseFirst : why.join(' ')
        const isOff = fit.length === 0
        const Icon = ICONS[action]
        return (
          <Tooltip key={action} label={reason} disabled={!isOff} multiline maw={320}>
            <Button
              size="xs"
              variant="default"
              className={action === 'terminate' ? (classes.danger ?? '') : ''}
              leftSection={<Icon size={15} stroke={1.7} aria-hidden />}
              {...(isOff ? { 'data-disabled': true } : {})}
              aria-disabled={isOff}
              aria-description={isOff ? reason : undefined}
              onClick={() => {
                if (!isOff) setAsked(action)
              }}
            >
              {text[action].name}
            </Button>
          </Tooltip>
        )
      })}
      {asked && (
        <ConfirmAction action={asked} servers={servers} onClose={() => setAsked(undefined)} onDone={onDone} />
      )}
    </div>
  )
}
