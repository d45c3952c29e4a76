import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { EmptyState } from '../parts/empty-state.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { useText } from '../text/locale.ts'

export function NotFound() {
  const text = useText().shell
  return (
    <>
      <PageHeader title={text.notFound} />
      <EmptyState
        icon={IconMapOff}
        title={text.notFoundHint}
        action={
          <Button component={Link} href="/" variant="light">
            {text.toOverview}
          </Button>
        }
      />
    </>
  )
}
