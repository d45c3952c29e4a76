import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function NetworksPage() {
  const text = useText().networks
  return <PageHeader title={text.title} description={text.description} />
}
