import { errorsPage } from '../src/gateway/errors-page.ts'
import { settingsPage } from '../src/help.ts'

/** Pages that come from the code: `npm run docs` writes them, a test fails when one is stale. */
export const generatedPages: Record<string, () => string> = {
  'errors.md': errorsPage,
  'settings.md': settingsPage,
}
