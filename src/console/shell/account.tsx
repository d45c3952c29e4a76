import { ActionIcon } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { isSandbox, leave, maskedName, useSession } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import classes from './shell.module.css'

/** Who is signed in, as far as that may be shown, and the way out. */
export function Account() {
  const text = useText().shell
  const session = useSession()
  if (!session) return null
  const kind = isSandbox(session) ? text.sandboxKeys : session.kind === 'token' ? text.token : text.accessKey
  return (
    <>
      <div className={classes.who}>
        <span className={classes.kind}>{kind}</span>
        <span className={classes.masked}>{maskedName(session)}</span>
      </div>
      <ActionIcon aria-label={text.leave} title={text.leave} onClick={leave}>
        <IconLogout size={19} stroke={1.6} />
      </ActionIcon>
    </>
  )
}
