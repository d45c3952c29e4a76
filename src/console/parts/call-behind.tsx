import { Button } from '@mantine/core'
import { IconTerminal2 } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useText } from '../text/locale.ts'
import classes from './call-behind.module.css'

const CallBehindDrawer = lazy(() => import('./call-behind-drawer.tsx'))

/** The button that shows which API calls the screen made. */
export function CallBehind() {
  const text = useText().parts
  const [isOpen, setOpen] = useState(false)
  const [wasOpened, setOpened] = useState(false)
  const open = () => {
    setOpened(true)
    setOpen(true)
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="sm"
        px="xs"
        leftSection={<IconTerminal2 size={17} stroke={1.6} aria-hidden />}
        classNames={{ section: classes.icon ?? '' }}
        onClick={open}
      >
        <span className={classes.label}>{text.callBehind}</span>
      </Button>
      {wasOpened && (
        <Suspense fallback={null}>
          <CallBehindDrawer isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
