import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function InstancesPage() {
  const text = useText().instances
  return <PageHeader title={text.title} description={text.description} />
}
