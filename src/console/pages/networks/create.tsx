import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { openedRegionsQuery } from '../../api/queries.ts'
import { useText } from '../../text/locale.ts'
import { CreateGroup } from './create-group.tsx'
import { CreateVpc } from './create-vpc.tsx'

interface Props {
  what: 'vpcs' | 'groups'
  /** Those that are looked at; the first of them is proposed. */
  regions: readonly string[]
}

export function Create({ what, regions }: Props) {
  const text = useText().networks
  const opened = useQuery(openedRegionsQuery())
  const [isOpen, setOpen] = useState(false)
  const region = regions[0] ?? opened.data?.[0]
  const Dialog = what === 'vpcs' ? CreateVpc : CreateGroup
  return (
    <>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={region === undefined}
        onClick={() => setOpen(true)}
      >
        {text.create[what]}
      </Button>
      {isOpen && region !== undefined && <Dialog region={region} onClose={() => setOpen(false)} />}
    </>
  )
}
