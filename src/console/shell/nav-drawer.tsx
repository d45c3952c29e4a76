import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Drawer.layer.css'
import { Drawer } from '@mantine/core'
import { useText } from '../text/locale.ts'
import { Nav } from './nav.tsx'
import classes from './shell.module.css'

interface Props {
  isOpen: boolean
  onClose: () => void
}

/** The way around on small screens. */
export default function NavDrawer({ isOpen, onClose }: Props) {
  const text = useText().shell
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size={280}
      title={<strong>{text.product}</strong>}
      closeButtonProps={{ 'aria-label': text.closeNav }}
      classNames={{ body: classes.drawer ?? '' }}
    >
      <nav aria-label={text.nav} className={classes.drawerNav}>
        <Nav />
      </nav>
    </Drawer>
  )
}
