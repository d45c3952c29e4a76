import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function OverviewPage() {
  const text = useText().overview
  return <PageHeader title={text.title} description={text.description} />
}
