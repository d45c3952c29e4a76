import { benchChart, performancePage } from '../bench/compare-written.ts'
import { cliPage } from '../src/cli/cli-page.ts'
import { ownCommands } from '../src/cli/commands.ts'
import { errorsPage } from '../src/gateway/errors-page.ts'
import { metricsPage } from '../src/gateway/metrics-page.ts'
import { httpApiPage } from '../src/gateway/openapi/http-api-page.ts'
import { settingsPage } from '../src/help.ts'
import { coveragePage } from '../src/sandbox/coverage-page.ts'
import { clientTypes } from './client-types.ts'

/** Files that come from the code: `npm run docs` writes them, a test fails when one is stale. */
export const generatedPages: Record<string, () => string | Promise<string>> = {
  'docs/bench.svg': benchChart,
  'docs/cli.md': () => cliPage(ownCommands),
  'docs/errors.md': errorsPage,
  'docs/http-api.md': httpApiPage,
  'docs/metrics.md': metricsPage,
  'docs/performance.md': performancePage,
  'docs/sandbox.md': coveragePage,
  'docs/settings.md': settingsPage,
  'packages/client/src/schema.ts': clientTypes,
}
