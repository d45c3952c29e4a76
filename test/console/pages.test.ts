import { expect } from 'vitest'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { isClean } from './kit/clean.ts'
import { startConsole } from './kit/house.ts'
import { PAGES } from './kit/pages.ts'
import { visitSignedIn } from './kit/sign-in.ts'
import { inTheDark, type Visit, visit } from './kit/visit.ts'

closesBrowser()

interface Found {
  id: string
  impact: string | null
  nodes: { html: string; failureSummary: string }[]
}

/** What axe holds for serious or worse, as it would be told to a colleague. */
async function barriers({ page }: Visit): Promise<string[]> {
  const found = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)',
  )) as Found[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 4)
        .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
    )
}

inBrowser('axe finds nothing serious at the way in', PATIENCE, async () => {
  const { url } = await startConsole()
  const seen = await visit(`${url}/console/`, { hasAxe: true })
  await seen.page.getByRole('button', { name: 'Use the sandbox keys' }).waitFor()
  expect(await barriers(seen)).toEqual([])
  await inTheDark(seen)
  expect(await barriers(seen)).toEqual([])
})

const BOTH = 'axe finds nothing serious on %s, light and dark, and nothing is inline or from elsewhere'

inBrowser.for(PAGES)(BOTH, PATIENCE, async (path) => {
  const { url } = await startConsole()
  const seen = await visitSignedIn(url, path, { hasAxe: true })
  await seen.settled()
  expect(await barriers(seen)).toEqual([])
  await isClean(seen, url)
  await inTheDark(seen)
  expect(await barriers(seen)).toEqual([])
  await isClean(seen, url)
})

inBrowser.for(PAGES)('axe finds nothing serious on %s on a small screen', PATIENCE, async (path) => {
  const { url } = await startConsole()
  const viewport = { width: 360, height: 740 }
  const seen = await visitSignedIn(url, path, { viewport, hasAxe: true, locale: 'zh-CN' })
  await seen.settled()
  expect(await barriers(seen)).toEqual([])
  expect(await seen.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
})
