import './styles/mantine.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { pageFacts } from './page-facts.ts'
import { currentLocale, speak } from './text/locale.ts'
import { allowStyleSheets } from './trusted-html.ts'

allowStyleSheets()
// The style sheets of what locks scrolling under a dialog get their nonce from here.
Object.assign(globalThis, { __webpack_nonce__: pageFacts.nonce })

const root = document.getElementById('root')
if (!root) throw new TypeError('the page has no #root')
await speak(currentLocale())
createRoot(root).render(<App />)
