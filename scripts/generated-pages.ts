import { errorsPage } from '../src/gateway/errors-page.ts'
import { settingsPage } from '../src/help.ts'
import { coveragePage } from '../src/sandbox/coverage-page.ts'

/** Pages that come from the code: `npm run docs` writes them, a test fails when one is stale. */
export const generatedPages: Record<string, () => string> = {
  'errors.md': errorsPage,
  'sandbox.md': coveragePage,
  'settings.md': settingsPage,
}
