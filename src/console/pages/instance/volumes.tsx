import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { targetOf } from '../../actions/power.ts'
import { runJob } from '../../actions/run.ts'
import { call } from '../../api/client.ts'
import type { Regional } from '../../api/list.ts'
import { instanceVolumesQuery } from '../../api/queries.ts'
import type { Server, VolumeAttachment } from '../../api/schema.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import small from '../../parts/small-table.module.css'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { AttachVolume } from './attach-volume.tsx'
import classes from './instance.module.css'

export function Volumes({ server }: { server: Regional<Server> }) {
  const text = useText().instance
  const { regionId, id: instanceId = '' } = server
  const volumes = useQuery(instanceVolumesQuery(regionId, instanceId))
  const [isAttaching, setAttaching] = useState(false)
  const [detached, setDetached] = useState<string>()
  return (
    <Section
      title={text.volumes}
      isWide
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setAttaching(true)}
        >
          {text.attach}
        </Button>
      }
    >
      <Loaded query={volumes} loading={<LoadingState rows={2} />}>
        {(all) =>
          all.length === 0 ? (
            <p className={classes.none}>{text.noVolumes}</p>
          ) : (
            <Table volumes={all} onDetach={setDetached} />
          )
        }
      </Loaded>
      {isAttaching && <AttachVolume server={server} onClose={() => setAttaching(false)} />}
      {detached !== undefined && (
        <ConfirmDialog
          isOpen
          title={text.detachTitle}
          confirm={text.detach}
          isDangerous
          onClose={() => setDetached(undefined)}
          onConfirm={() => {
            runJob('detach', targetOf(server), () =>
              call('detachInstanceVolume', {
                path: { instanceId, volumeId: detached },
                query: { regionId },
              }),
            )
            setDetached(undefined)
          }}
        >
          <p className={classes.lead}>
            <code>{detached}</code>
          </p>
          <p className={classes.lead}>{text.detachHint}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}

interface TableProps {
  volumes: readonly VolumeAttachment[]
  onDetach: (id: string) => void
}

function Table({ volumes, onDetach }: TableProps) {
  const text = useText().instance
  const format = useFormat()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys where it is wider than the page
    <section className={small.box} tabIndex={0} aria-label={text.volumes}>
      <table className={small.table}>
        <thead>
          <tr>
            <th scope="col">{text.volume}</th>
            <th scope="col">{text.addressKind}</th>
            <th scope="col">{text.device}</th>
            <th scope="col">{text.size}</th>
            <th scope="col">{text.withInstance}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {volumes.map(({ id, volumeId = id ?? '', bootIndex, device, size, delete_on_termination }) => {
            const isSystem = bootIndex === 0
            return (
              <tr key={volumeId}>
                <td>
                  <code>{volumeId}</code>
                </td>
                <td>{isSystem ? text.systemDisk : text.dataDisk}</td>
                <td>
                  <code>{device}</code>
                </td>
                <td>{size === undefined ? '' : format.gib(Number(size))}</td>
                <td>{delete_on_termination == null ? '' : delete_on_termination ? text.yes : text.no}</td>
                <td className={small.end}>
                  {!isSystem && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={text.detachWhat(device ?? volumeId)}
                      onClick={() => onDetach(volumeId)}
                    >
                      {text.detach}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
