import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function QuotasPage() {
  const text = useText().quotas
  return <PageHeader title={text.title} description={text.description} />
}
