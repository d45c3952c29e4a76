import { benchChart, performancePage } from '../bench/compare-written.ts'
import { errorsPage } from '../src/gateway/errors-page.ts'
import { metricsPage } from '../src/gateway/metrics-page.ts'
import { httpApiPage } from '../src/gateway/openapi/http-api-page.ts'
import { settingsPage } from '../src/help.ts'
import { coveragePage } from '../src/sandbox/coverage-page.ts'

/** Pages that come from the code: `npm run docs` writes them, a test fails when one is stale. */
export const generatedPages: Record<string, () => string> = {
  'bench.svg': benchChart,
  'errors.md': errorsPage,
  'http-api.md': httpApiPage,
  'metrics.md': metricsPage,
  'performance.md': performancePage,
  'sandbox.md': coveragePage,
  'settings.md': settingsPage,
}
