import { useQuery } from '@tanstack/react-query'
import { asApiError } from '../../api/error.ts'
import { clockQuery, faultsQuery, snapshotsQuery, worldQuery } from '../../api/sandbox.ts'
import { Notice } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'
import { ClockSection } from './clock.tsx'
import { FaultsSection } from './faults.tsx'
import { LogSection } from './log.tsx'
import { PaceSection } from './pace.tsx'
import { Reset } from './reset.tsx'
import classes from './sandbox.module.css'
import { SnapshotsSection } from './snapshots.tsx'
import { WorldSection } from './world.tsx'

export default function SandboxPage() {
  const text = useText().sandbox
  const world = useQuery(worldQuery())
  const isShut = world.error !== null && isShutDoor(world.error)
  const rest = { enabled: !isShut }
  const clock = useQuery({ ...clockQuery(), ...rest })
  const faults = useQuery({ ...faultsQuery(), ...rest })
  const snapshots = useQuery({ ...snapshotsQuery(), ...rest })
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        queries={[world, clock, faults, snapshots]}
        actions={!isShut && <Reset />}
      />
      {isShut ? (
        <Notice tone="warn" title={text.shutTitle} role="alert">
          <p>{text.shut}</p>
        </Notice>
      ) : (
        <div className={classes.grid}>
          <WorldSection query={world} />
          <PaceSection query={world} />
          <ClockSection query={clock} />
          <SnapshotsSection query={snapshots} />
          <FaultsSection query={faults} />
          <LogSection />
        </div>
      )}
    </>
  )
}

/** The doors open on the machine itself only. */
function isShutDoor(error: Error): boolean {
  const { reason } = asApiError(error)
  return reason === 'LOOPBACK_ONLY' || reason === 'ROUTE_NOT_FOUND'
}
