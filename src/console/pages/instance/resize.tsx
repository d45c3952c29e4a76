import { Checkbox, Select } from '@mantine/core'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import { IconResize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { targetOf } from '../../actions/power.ts'
import { runJob } from '../../actions/run.ts'
import { call } from '../../api/client.ts'
import type { Regional } from '../../api/list.ts'
import { resizeTypesQuery } from '../../api/queries.ts'
import type { Server } from '../../api/schema.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { DialogButton } from './dialog-button.tsx'
import classes from './instance.module.css'
import { typeWords, whyNotResized } from './resize-facts.ts'

/** Gives an instance another instance type, and has the job followed like other actions. */
export function Resize({ server }: { server: Regional<Server> }) {
  const text = useText().instance
  const why = whyNotResized(server)
  return (
    <DialogButton
      name={text.resize}
      icon={<IconResize size={15} stroke={1.7} aria-hidden />}
      off={why && text[why]}
    >
      {(close) => <Form server={server} onClose={close} />}
    </DialogButton>
  )
}

function Form({ server, onClose }: { server: Regional<Server>; onClose: () => void }) {
  const text = useText().instance
  const format = useFormat()
  const { regionId, id: instanceId = '', flavor, metadata, status } = server
  const types = useQuery(resizeTypesQuery(regionId, instanceId))
  const [instanceType, setType] = useState<string | null>(null)
  const [mayStop, setMayStop] = useState(false)
  const isRunning = status === 'ACTIVE'
  return (
    <ConfirmDialog
      isOpen
      title={text.resizeTitle}
      confirm={text.resizeConfirm}
      isOff={instanceType === null || (isRunning && !mayStop)}
      onClose={onClose}
      onConfirm={() => {
        if (instanceType === null) return
        const body = { regionId, instanceType, ...(isRunning ? { stopIfRunning: true } : {}) }
        runJob('resize', targetOf(server), () => call('resizeInstance', { path: { instanceId }, body }))
        onClose()
      }}
    >
      <p className={classes.lead}>{text.resizeNow(typeWords(flavor ?? {}, format))}</p>
      {metadata?.charging_mode === '1' && <p className={classes.lead}>{text.resizePays}</p>}
      <Loaded query={types} loading={<LoadingState rows={1} />}>
        {(all) =>
          all.length === 0 ? (
            <p className={classes.none}>{text.resizeNone}</p>
          ) : (
            <Select
              label={text.resizeTo}
              description={text.resizeToHint}
              placeholder={text.resizeFind}
              data={all.map((type) => ({ value: type.id ?? '', label: typeWords(type, format) }))}
              value={instanceType}
              onChange={setType}
              searchable
              nothingFoundMessage={text.resizeUnknown}
              maxDropdownHeight={260}
              data-autofocus
            />
          )
        }
      </Loaded>
      {isRunning && (
        <Checkbox
          mt="md"
          label={text.resizeStop}
          description={text.resizeStopHint}
          checked={mayStop}
          onChange={(event) => setMayStop(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  )
}
