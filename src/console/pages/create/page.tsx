import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function CreatePage() {
  const text = useText().create
  return <PageHeader title={text.title} description={text.description} />
}
