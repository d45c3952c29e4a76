import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'

export default function ImagesPage() {
  const text = useText().images
  return <PageHeader title={text.title} description={text.description} />
}
