import { IconBook2 } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { pageFacts } from '../page-facts.ts'
import { isSandbox, useSession } from '../session/store.ts'
import { useText } from '../text/locale.ts'
import { places } from './places.ts'
import classes from './shell.module.css'

export function Nav() {
  const text = useText().shell
  const session = useSession()
  const [path] = useLocation()
  const isHere = (place: string) =>
    place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`)
  return (
    <>
      <ul className={classes.places}>
        {places
          .filter(({ isSandboxOnly }) => !isSandboxOnly || isSandbox(session))
          .map(({ path: place, label, icon: Icon }) => (
            <li key={place}>
              <Link href={place} className={classes.place} aria-current={isHere(place) ? 'page' : undefined}>
                <Icon size={18} stroke={1.6} aria-hidden />
                {text[label] as string}
              </Link>
            </li>
          ))}
      </ul>
      <div className={classes.foot}>
        <a href="/docs" target="_blank" rel="noreferrer" className={classes.place}>
          <IconBook2 size={18} stroke={1.6} aria-hidden />
          {text.apiDocs}
        </a>
        {pageFacts.version && <p className={classes.version}>{text.version(pageFacts.version)}</p>}
      </div>
    </>
  )
}
