import { Anchor, Button, Tooltip } from '@mantine/core'
import { IconTerminal2 } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { webAddress } from './web-address.ts'

interface Props {
  regionId: string
  instanceId: string
  status: string
}

/** States in which there is no screen to look at. */
const OFF = ['SHUTOFF', 'BUILD', 'DELETED', 'SUSPENDED']

/** Asks for an address of the screen; it is forgotten as soon as it is used. */
export function useRemoteConsole({ regionId, instanceId, status }: Props) {
  const text = useText().instance
  const { mutate, reset, data, error, isPending, isSuccess } = useMutation({
    mutationFn: () => call('openInstanceConsole', { path: { instanceId }, body: { regionId } }),
    gcTime: 0,
  })
  const url = webAddress(data?.remote_console?.url)
  const isOff = OFF.includes(status)
  const button = (
    <Tooltip label={text.consoleOff} disabled={!isOff}>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTerminal2 size={15} stroke={1.7} aria-hidden />}
        loading={isPending}
        {...(isOff ? { 'data-disabled': true } : {})}
        aria-disabled={isOff}
        aria-description={isOff ? text.consoleOff : undefined}
        onClick={() => {
          if (!isOff) mutate()
        }}
      >
        {text.console}
      </Button>
    </Tooltip>
  )
  const notice = error ? (
    <ErrorState error={asApiError(error)} onRetry={() => mutate()} isInline />
  ) : isSuccess && url === undefined ? (
    <Notice tone="warn" title={text.consoleOdd} role="alert" />
  ) : url !== undefined && !isOff ? (
    <Notice
      tone="good"
      title={text.consoleReady}
      role="status"
      actions={
        <Anchor
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          // Not before the browser has followed the link.
          onClick={() => setTimeout(reset)}
        >
          {text.consoleOpen}
        </Anchor>
      }
    >
      <p>{text.consoleHint}</p>
    </Notice>
  ) : null
  return { button, notice }
}
