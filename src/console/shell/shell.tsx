import { Burger } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Link, Route, Switch, useLocation } from 'wouter'
import { RunningActions } from '../actions/running-actions.tsx'
import { LoadingState } from '../parts/loading-state.tsx'
import { Mishap } from '../parts/mishap.tsx'
import { isSandbox, useSession } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import { Account } from './account.tsx'
import { Mark } from './mark.tsx'
import { Nav } from './nav.tsx'
import { NotFound } from './not-found.tsx'
import { screens } from './places.ts'
import { Preferences } from './preferences.tsx'
import { RefusedNotice } from './refused-notice.tsx'
import classes from './shell.module.css'

const NavDrawer = lazy(() => import('./nav-drawer.tsx'))

export default function Shell() {
  const text = useText().shell
  const [path] = useLocation()
  const [openedAt, setOpenedAt] = useState<string>()
  // Going somewhere closes the drawer.
  const isOpen = openedAt === path
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {text.skip}
      </a>
      <header className={classes.header}>
        <div className={classes.left}>
          <Burger
            className={classes.burger ?? ''}
            opened={isOpen}
            onClick={() => setOpenedAt(isOpen ? undefined : path)}
            size="sm"
            aria-label={isOpen ? text.closeNav : text.openNav}
            aria-expanded={isOpen}
          />
          <Link href="/" className={classes.brand} aria-label={text.product}>
            <Mark />
            <span className={classes.product}>{text.product}</span>
          </Link>
        </div>
        <div className={classes.right}>
          <Preferences />
          <Account />
        </div>
      </header>
      <nav className={classes.navbar} aria-label={text.nav}>
        <Nav />
      </nav>
      {openedAt !== undefined && (
        <Suspense fallback={null}>
          <NavDrawer isOpen={isOpen} onClose={() => setOpenedAt(undefined)} />
        </Suspense>
      )}
      <main id="main" className={classes.main} tabIndex={-1}>
        <div className={classes.page}>
          <RefusedNotice />
          <Mishap key={path}>
            <Suspense fallback={<LoadingState />}>
              <Screens />
            </Suspense>
          </Mishap>
        </div>
      </main>
      <RunningActions />
    </div>
  )
}

function Screens() {
  const session = useSession()
  const open = screens.filter(({ isSandboxOnly }) => !isSandboxOnly || isSandbox(session))
  return (
    <Switch>
      {open.map(({ path, page }) => (
        <Route key={path} path={path} component={page} />
      ))}
      <Route component={NotFound} />
    </Switch>
  )
}
