import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { targetOf } from '../../actions/power.ts'
import { runJob } from '../../actions/run.ts'
import { call } from '../../api/client.ts'
import type { Regional } from '../../api/list.ts'
import { volumesQuery } from '../../api/queries.ts'
import type { Server } from '../../api/schema.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { visibleText } from '../../parts/visible-text.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { zoneOf } from '../instances/facts.ts'
import classes from './instance.module.css'

interface Props {
  server: Regional<Server>
  onClose: () => void
}

export function AttachVolume({ server, onClose }: Props) {
  const text = useText().instance
  const format = useFormat()
  const { regionId, id: instanceId = '' } = server
  const volumes = useQuery(volumesQuery([regionId]))
  const free = (volumes.data?.items ?? []).filter(
    ({ status, availability_zone: zone }) => status === 'available' && zone === zoneOf(server),
  )
  const [chosen, setChosen] = useState('')
  const volumeId = chosen || free[0]?.id
  return (
    <ConfirmDialog
      isOpen
      title={text.attach}
      confirm={text.attachConfirm}
      isOff={volumeId === undefined}
      onClose={onClose}
      onConfirm={() => {
        if (volumeId === undefined) return
        runJob('attach', targetOf(server), () =>
          call('attachInstanceVolume', { path: { instanceId }, body: { regionId, volumeId } }),
        )
        onClose()
      }}
    >
      <Loaded query={volumes} loading={<LoadingState rows={1} />}>
        {() =>
          free.length === 0 ? (
            <p className={classes.none}>{text.noneToAttach}</p>
          ) : (
            <NativeSelect
              label={text.volume}
              description={text.attachHint}
              data={free.map(({ id = '', name, size = 0, volume_type: type = '' }) => ({
                value: id,
                label: `${visibleText(name || id)} · ${type} · ${format.gib(size)}`,
              }))}
              value={volumeId ?? ''}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data-autofocus
            />
          )
        }
      </Loaded>
    </ConfirmDialog>
  )
}
