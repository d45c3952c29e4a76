import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { alert, main, NOTHING, REGION, server, signedIn, startCloud, telling } from './kit/cloud.ts'

closesBrowser()

const PAGES: readonly [path: string, words: readonly string[]][] = [
  ['/console/', [en.overview.none]],
  ['/console/instances', [en.instances.none]],
  [`/console/instances?regions=${REGION}`, [en.instances.none]],
  [`/console/instances/new?region=${REGION}&step=image`, [en.create.images.none]],
  ['/console/images', [en.images.none]],
  ['/console/instance-types', [en.instanceTypes.none]],
  ['/console/networks', [en.networks.noVpcs]],
  ['/console/networks?show=groups', [en.networks.noGroups]],
  ['/console/networks?show=ips', [en.networks.noIps]],
  ['/console/quotas', [en.quotas.none]],
]

describe('an account that has nothing is shown as one', () => {
  inBrowser.for(PAGES)('%s', PATIENCE, async ([path, words]) => {
    const cloud = await startCloud(telling(NOTHING))
    const seen = await signedIn(cloud.url, path)
    for (const said of words) await main(seen).getByText(said).first().waitFor()
    await seen.settled()
    expect(await alert(seen).count()).toBe(0)
    expect(seen.complaints).toEqual([])
  })

  inBrowser('an instance without tags, addresses and disks', PATIENCE, async () => {
    const cloud = await startCloud(telling({ ...NOTHING, server: server(1) }))
    const seen = await signedIn(cloud.url, `/console/instances/${REGION}/${server(1).id}`)
    const { noTags, noAddresses, noVolumes, attach, noneToAttach } = en.instance
    for (const said of [noTags, noAddresses, noVolumes]) await main(seen).getByText(said).waitFor()
    await main(seen).getByRole('button', { name: attach }).click()
    await seen.page.getByRole('dialog').getByText(noneToAttach).waitFor()
    expect(await alert(seen).count()).toBe(0)
    expect(seen.complaints).toEqual([])
  })
})
