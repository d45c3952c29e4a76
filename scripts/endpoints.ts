/**
 * Writes `src/huaweicloud/endpoints.json` from a checkout of Huawei's Node SDK:
 *
 *     node scripts/endpoints.ts ../huaweicloud-sdk-nodejs-v3
 *
 * Only facts are taken: which service answers in which region, at which host. Where a service lists two
 * hosts for a region, the regional one is kept.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const sdk = process.argv[2]
if (!sdk) throw new Error('usage: node scripts/endpoints.ts <checkout of huaweicloud-sdk-nodejs-v3>')

/** Mainland first, then around the world; the user's document shows the first and the last one. */
const ORDER =
  `cn-north-4 cn-north-1 cn-north-2 cn-north-9 cn-north-11 cn-north-12 cn-east-2 cn-east-3 cn-east-4
  cn-east-5 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 ap-southeast-1 ap-southeast-2
  ap-southeast-3 ap-southeast-4 ap-southeast-5 af-south-1 af-north-1 sa-brazil-1 la-north-2 la-south-2 tr-west-1
  me-east-1 ae-ad-1 eu-west-0 eu-west-101 my-kualalumpur-1 ru-moscow-1 ru-northwest-2 na-mexico-1`.split(
    /\s+/,
  )

const rank = (region: string) => (ORDER.indexOf(region) + ORDER.length + 1) % (ORDER.length + 1)

const services: Record<string, { host: string; regions: string[]; hosts?: Record<string, string> }> = {}
for (const [name, hosts] of [...hostsByService()].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const regions = [...hosts.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const host = mostCommon(regions.map((region) => (hosts.get(region) ?? '').replace(region, '{region}')))
  const odd = regions.filter((region) => host.replace('{region}', region) !== hosts.get(region))
  services[name] = { host, regions }
  if (odd.length > 0) {
    services[name].hosts = Object.fromEntries(odd.map((region) => [region, hosts.get(region) ?? '']))
  }
}

const rows = Object.entries(services).map(
  ([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
)
const version = readFileSync(join(sdk, 'VERSION'), 'utf8').trim()
writeFileSync(
  join(import.meta.dirname, '../src/huaweicloud/endpoints.json'),
  `{\n  "source": "region files of huaweicloud-sdk-nodejs-v3 ${version}",\n  "services": {\n${rows.join(',\n')}\n  }\n}\n`,
)

function hostsByService(): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const file of globSync('services/*/**/*Region.ts', { cwd: sdk }).sort()) {
    const name = dirname(file).split('/')[1] ?? ''
    const hosts = found.get(name) ?? new Map<string, string>()
    const text = readFileSync(join(sdk ?? '', file), 'utf8')
    for (const [, region = '', urls = ''] of text.matchAll(/new Region\("([^"]+)",\s*\[([^\]]*)\]/g)) {
      const all = [...urls.matchAll(/"https:\/\/([^"/]+)\/?"/g)].map(([, host = '']) => host)
      const host = all.find((candidate) => candidate.includes(region)) ?? all[0]
      // A service's versions have a file each; a host that names its region is not given up for one that does not.
      if (host && !hosts.get(region)?.includes(region)) hosts.set(region, host)
    }
    if (hosts.size > 0) found.set(name, hosts)
  }
  return found
}

function mostCommon(texts: string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
