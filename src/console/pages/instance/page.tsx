import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { instanceQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { useText } from '../../text/locale.ts'

export default function InstancePage() {
  const { region = '', id = '' } = useParams<{ region: string; id: string }>()
  const text = useText().instance
  const instance = useQuery(instanceQuery(region, id))
  return (
    <>
      <PageHeader title={instance.data?.server?.name ?? text.title} description={id} queries={[instance]} />
      <Loaded query={instance}>
        {({ server }) => <StatusBadge status={server?.status} task={server?.['OS-EXT-STS:task_state']} />}
      </Loaded>
    </>
  )
}
