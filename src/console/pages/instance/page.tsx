import { Anchor, Button } from '@mantine/core'
import { IconServerOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { ActionButtons } from '../../actions/action-buttons.tsx'
import { asApiError } from '../../api/error.ts'
import type { Regional } from '../../api/list.ts'
import { instanceQuery } from '../../api/queries.ts'
import type { Server } from '../../api/schema.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { StatusBadge, toneOf } from '../../parts/status-badge.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { Details, Others } from './details.tsx'
import { Edit } from './edit.tsx'
import classes from './instance.module.css'
import { Network } from './network.tsx'
import { RawJson } from './raw-json.tsx'
import { useRemoteConsole } from './remote-console.tsx'
import { useResetPassword } from './reset-password.tsx'
import { Resize } from './resize.tsx'
import { Tags } from './tags.tsx'
import { Volumes } from './volumes.tsx'

const CHANGING_MS = 3_000

export default function InstancePage() {
  const { region = '', id = '' } = useParams<{ region: string; id: string }>()
  const text = useText().instance
  const regionName = useRegionName()
  const instance = useQuery({
    ...instanceQuery(region, id),
    // While something is being done to it, its state is about to change.
    refetchInterval: ({ state }) => (isChanging(state.data?.server) ? CHANGING_MS : false),
  })
  const isMissing = instance.error !== null && asApiError(instance.error).status === 404
  const server = isMissing ? undefined : instance.data?.server
  const title = server?.name || (isMissing ? text.missingTitle : id)
  return (
    <>
      <PageHeader
        title={title}
        badge={server && <StatusBadge status={server.status} task={server['OS-EXT-STS:task_state']} />}
        description={
          <>
            <Anchor component={Link} href="/instances">
              {text.back}
            </Anchor>
            {' / '}
            {regionName(region)}
          </>
        }
        queries={[instance]}
      />
      {isMissing ? (
        <EmptyState
          icon={IconServerOff}
          title={text.missingTitle}
          hint={text.missing(id, regionName(region))}
          action={
            <Button component={Link} href="/instances" variant="default">
              {text.back}
            </Button>
          }
        />
      ) : (
        <Loaded query={instance}>
          {({ server: told }) =>
            told && <Instance server={{ ...told, id: told.id ?? id, regionId: region }} />
          }
        </Loaded>
      )}
    </>
  )
}

function Instance({ server }: { server: Regional<Server> }) {
  const { regionId, id: instanceId = '' } = server
  const console = useRemoteConsole({ regionId, instanceId, status: server.status ?? '' })
  const password = useResetPassword(server)
  const { regionId: _, ...raw } = server
  return (
    <>
      <div className={classes.actions}>
        <ActionButtons servers={[server]} />
        <span className={classes.copied}>
          <Edit server={server} />
          <Resize server={server} />
          {password.button}
          {console.button}
        </span>
      </div>
      {console.notice}
      {password.notice}
      <Fault server={server} />
      <div className={classes.grid}>
        <Details server={server} />
        <Tags regionId={regionId} instanceId={instanceId} />
        <Network server={server} />
        <Volumes server={server} />
        <Others server={raw} />
        <RawJson value={raw} />
      </div>
    </>
  )
}

function Fault({ server: { fault } }: { server: Server }) {
  const text = useText().instance
  const format = useFormat()
  if (!fault?.message) return null
  return (
    <Notice tone="bad" title={text.fault} role="alert">
      <p>
        <SafeText>{fault.message}</SafeText>
      </p>
      {fault.details && (
        <p>
          <SafeText>{fault.details}</SafeText>
        </p>
      )}
      <p>{text.faultAt(String(fault.code ?? '–'), format.date(fault.created))}</p>
    </Notice>
  )
}

const isChanging = (server: Server | undefined): boolean =>
  server !== undefined && (Boolean(server['OS-EXT-STS:task_state']) || toneOf(server.status ?? '') === 'busy')
