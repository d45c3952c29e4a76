import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function SandboxPage() {
  const text = useText().sandbox
  return <PageHeader title={text.title} description={text.description} />
}
