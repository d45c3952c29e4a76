import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function InstanceTypesPage() {
  const text = useText().instanceTypes
  return <PageHeader title={text.title} description={text.description} />
}
