import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import type { Draft } from './state.ts'

/** The private half of a key pair that was just made. It is handed out as a file and never stands in the document. */
export function PrivateKey({ name, text: privateKey }: NonNullable<Draft['privateKey']>) {
  const text = useText().create.access
  return (
    <Notice
      tone="warn"
      title={text.saveTitle(name)}
      role="status"
      actions={
        <Button
          size="xs"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => save(`${name}.pem`, privateKey)}
        >
          {text.save}
        </Button>
      }
    >
      <p>{text.saveHint}</p>
    </Notice>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
