import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Drawer.layer.css'
import { Drawer, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useCallsOf } from '../api/calls.ts'
import { commandOf } from '../api/command-line.ts'
import { curlOf, type KeyKind } from '../api/curl.ts'
import { useSession } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import classes from './call-behind.module.css'
import { CopyButton } from './copy-button.tsx'

type Form = 'curl' | 'command'

interface Props {
  isOpen: boolean
  onClose: () => void
}

/** The calls of this screen as lines for a shell, with placeholders where keys and passwords go. */
export default function CallBehindDrawer({ isOpen, onClose }: Props) {
  const text = useText().parts
  const format = useFormat()
  const calls = useCallsOf(location.pathname)
  const kind = useKeyKind()
  const [form, setForm] = useState<Form>('curl')
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="min(640px, 100vw)"
      title={text.callBehind}
      closeButtonProps={{ 'aria-label': text.close }}
      classNames={{ title: classes.title ?? '' }}
    >
      <p className={classes.intro}>
        {calls.length === 0
          ? text.callBehindNone
          : form === 'curl'
            ? text.callBehindIntro
            : text.callBehindCommands}
      </p>
      <SegmentedControl
        mb="md"
        size="xs"
        aria-label={text.callBehindForm}
        data={[
          { value: 'curl', label: 'curl' },
          { value: 'command', label: text.callBehindCommand },
        ]}
        value={form}
        onChange={(value) => setForm(value === 'command' ? 'command' : 'curl')}
      />
      {calls.map((call) => {
        const command = form === 'command' ? commandOf(call, location.origin) : undefined
        const line = command ?? curlOf(call, { origin: location.origin, kind })
        return (
          <section key={call.number} className={classes.call}>
            <div className={classes.head}>
              <strong>{call.method}</strong>
              <span className={classes.path}>{call.path.split('?')[0]}</span>
              <span className={classes.meta}>
                {call.status ? `${call.status} · ` : ''}
                {call.ms === undefined ? '…' : `${format.number(call.ms, 0)} ms`}
                {call.times > 1 ? ` · ${text.callTimes(format.number(call.times))}` : ''}
              </span>
              <CopyButton text={line} what={`${call.method} ${call.path.split('?')[0]}`} />
            </div>
            {form === 'command' && !command && <p className={classes.without}>{text.callBehindNoCommand}</p>}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre className={classes.code} tabIndex={0}>
              {line}
            </pre>
          </section>
        )
      })}
    </Drawer>
  )
}

function useKeyKind(): KeyKind {
  const session = useSession()
  if (session?.kind === 'token') return 'token'
  return session?.securityToken ? 'temporary-keys' : 'keys'
}
