import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { asApiError } from '../api/error.ts'
import { pageFacts } from '../page-facts.ts'
import { wordsFor } from '../parts/error-words.ts'
import { Notice } from '../parts/notice.tsx'
import panel from '../parts/panel.module.css'
import { proven } from '../session/prove.ts'
import { enter, type Session } from '../session/store.ts'
import { Mark } from '../shell/mark.tsx'
import { Preferences } from '../shell/preferences.tsx'
import { useText } from '../text/locale.ts'
import { KeyForm } from './key-form.tsx'
import classes from './sign-in.module.css'

export interface Attempt {
  session: Session
  keep: boolean
}

export default function SignIn() {
  const catalog = useText()
  const text = catalog.signIn
  const { sandbox } = pageFacts
  const attempt = useMutation({
    mutationFn: async ({ session, keep }: Attempt) => enter(await proven(session), { keep }),
  })
  useEffect(() => {
    document.title = `${text.title} · ${catalog.shell.product}`
  }, [text, catalog])
  const trySandbox = () => {
    if (sandbox) attempt.mutate({ session: { kind: 'keys', ...sandbox }, keep: false })
  }
  return (
    <div className={classes.screen}>
      <header className={classes.top}>
        <Preferences />
      </header>
      <main className={classes.main}>
        <div className={classes.brand}>
          <Mark size={40} />
          <div>
            <h1 className={classes.product}>{catalog.shell.product}</h1>
            <p className={classes.intro}>{text.intro}</p>
          </div>
        </div>
        {attempt.error && <Failure error={attempt.error} />}
        {sandbox && (
          <section className={classes.sandbox}>
            <div>
              <h2>{text.sandboxTitle}</h2>
              <p>{text.sandboxText}</p>
            </div>
            <Button
              onClick={trySandbox}
              loading={attempt.isPending && isSandboxAttempt(attempt.variables)}
              disabled={attempt.isPending}
            >
              {text.sandboxButton}
            </Button>
          </section>
        )}
        {sandbox && <p className={classes.or}>{text.or}</p>}
        <section className={`${panel.panel} ${classes.card}`}>
          <KeyForm
            isBusy={attempt.isPending && !isSandboxAttempt(attempt.variables)}
            onSubmit={(given) => attempt.mutate(given)}
          />
        </section>
        <p className={classes.privacy}>{text.privacy}</p>
      </main>
    </div>
  )
}

const isSandboxAttempt = (attempt: Attempt | undefined): boolean =>
  attempt?.session.kind === 'keys' && attempt.session.accessKey === pageFacts.sandbox?.accessKey

function Failure({ error }: { error: Error }) {
  const catalog = useText()
  const api = asApiError(error)
  const words = wordsFor(api, catalog.errors)
  return (
    <Notice tone="bad" title={api.status === 401 ? catalog.signIn.failed : words.title} role="alert">
      <p>{words.text}</p>
      {api.requestId && (
        <p className={classes.id}>
          {catalog.errors.requestId}: {api.requestId}
        </p>
      )}
    </Notice>
  )
}
