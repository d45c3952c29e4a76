import { Checkbox, Radio, Stack } from '@mantine/core'
import '@mantine/core/styles/Radio.layer.css'
import { useState } from 'react'
import type { Regional } from '../api/list.ts'
import type { Server } from '../api/schema.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Notice } from '../parts/notice.tsx'
import { SafeText } from '../parts/safe-text.tsx'
import { useRegionName } from '../parts/use-region-name.ts'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import classes from './actions.module.css'
import { type PowerAction, type PowerOptions, reasonsOf, sortedFor, type Target, targetOf } from './power.ts'
import { runPower } from './run.ts'

interface Props {
  action: PowerAction
  servers: readonly Regional<Server>[]
  onClose: () => void
  onDone?: (() => void) | undefined
}

/** Names what an action would be done to, and asks how. */
export function ConfirmAction({ action, servers, onClose, onDone }: Props) {
  const text = useText().instances.actions
  const format = useFormat()
  const [type, setType] = useState<'SOFT' | 'HARD'>('SOFT')
  const [deletePublicIp, setDeletePublicIp] = useState(false)
  const [deleteVolume, setDeleteVolume] = useState(false)
  // What was chosen stays as it was when the dialog opened, whatever the table learns meanwhile.
  const [{ fit, unfit }] = useState(() => sortedFor(action, servers))
  const targets = fit.map(targetOf)
  const count = format.number(targets.length)
  const words = text[action]
  const optionsOf = (): PowerOptions => {
    if (action === 'terminate') return { deletePublicIp, deleteVolume }
    return action === 'start' ? {} : { type }
  }
  return (
    <ConfirmDialog
      isOpen
      title={targets.length === 1 ? words.titleOne : words.title(count)}
      confirm={targets.length === 1 ? words.confirmOne : words.confirm(count)}
      isDangerous={action === 'terminate'}
      word={action === 'terminate' ? String(targets.length) : undefined}
      onClose={onClose}
      onConfirm={() => {
        runPower(action, targets, optionsOf())
        onDone?.()
        onClose()
      }}
    >
      <p className={classes.lead}>{words.what}</p>
      <Names targets={targets} />
      {unfit.length > 0 && (
        <Notice tone="info" title={text.leftOut(format.number(unfit.length))}>
          {reasonsOf(unfit).map(([why, number]) => (
            <p key={why}>{text.countWhy(format.number(number), text.why[why])}</p>
          ))}
        </Notice>
      )}
      {(action === 'stop' || action === 'reboot') && (
        <Radio.Group
          mt="md"
          label={text.how}
          value={type}
          onChange={(value) => setType(value === 'HARD' ? 'HARD' : 'SOFT')}
        >
          <Stack gap="xs" mt={6}>
            <Radio value="SOFT" label={text[action].soft} description={text.softHint} />
            <Radio value="HARD" label={text[action].hard} description={text.hardHint} />
          </Stack>
        </Radio.Group>
      )}
      {action === 'terminate' && (
        <Stack gap="xs" mt="md">
          <Checkbox
            label={text.deletePublicIp}
            description={text.deletePublicIpHint}
            checked={deletePublicIp}
            onChange={(event) => setDeletePublicIp(event.currentTarget.checked)}
          />
          <Checkbox
            label={text.deleteVolume}
            description={text.deleteVolumeHint}
            checked={deleteVolume}
            onChange={(event) => setDeleteVolume(event.currentTarget.checked)}
          />
        </Stack>
      )}
    </ConfirmDialog>
  )
}

function Names({ targets }: { targets: readonly Target[] }) {
  const text = useText().instances.actions
  const nameOf = useRegionName()
  return (
    <ul
      className={classes.names}
      aria-label={text.names}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keys
      tabIndex={0}
    >
      {targets.map(({ id, name, regionId }) => (
        <li key={`${regionId}/${id}`}>
          <span className={classes.name}>
            <SafeText>{name}</SafeText>
          </span>
          <span className={classes.where}>
            {name !== id && `${id} · `}
            {nameOf(regionId)}
          </span>
        </li>
      ))}
    </ul>
  )
}
