import { IconKey } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import type { Regional } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { brokenRules } from '../../facts/password.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { NewPassword } from '../../parts/new-password.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { DialogButton } from './dialog-button.tsx'
import classes from './instance.module.css'

/** Sets the password of root or Administrator. It is in the memory of the open dialog, and gone with it. */
export function useResetPassword(server: Regional<Server>) {
  const text = useText().instance
  const [isSet, setSet] = useState(false)
  const button = (
    <DialogButton name={text.password} icon={<IconKey size={15} stroke={1.7} aria-hidden />}>
      {(close) => (
        <Form
          server={server}
          onClose={close}
          onSet={() => {
            setSet(true)
            close()
          }}
        />
      )}
    </DialogButton>
  )
  return { button, notice: isSet && <Notice tone="good" title={text.passwordSet} role="status" /> }
}

interface Props {
  server: Regional<Server>
  onClose: () => void
  onSet: () => void
}

function Form({ server: { regionId, id: instanceId = '', metadata }, onClose, onSet }: Props) {
  const text = useText().instance
  const [password, setPassword] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      call('setInstancePassword', {
        path: { instanceId },
        body: { regionId, password, checkPassword: true },
      }),
    gcTime: 0,
    onSuccess: onSet,
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.passwordTitle}
      confirm={text.passwordConfirm}
      isOff={brokenRules(password).length > 0}
      isBusy={isPending}
      onClose={onClose}
      onConfirm={() => mutate()}
    >
      {error && <ErrorState error={asApiError(error)} isInline />}
      <p className={classes.lead}>{text.passwordHint}</p>
      <NewPassword
        label={text.passwordLabel}
        user={metadata?.os_type === 'Windows' ? 'Administrator' : 'root'}
        password={password}
        onChange={setPassword}
      />
    </ConfirmDialog>
  )
}
