import { baseOf, entries, regionsOf } from './catalog.ts'
import { stableHex } from './ids.ts'
import { projectOfRegion } from './projects.ts'
import { Refusal } from './refusal.ts'
import { regions } from './regions.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** https://support.huaweicloud.com/api-iam/iam_05_0001.html: what there is and where, in every region. */
export const serviceRows: readonly Row[] = [
  { name: 'KeystoneListServices', method: 'GET', path: '/v3/services', handle: listServices },
  { name: 'KeystoneShowService', method: 'GET', path: '/v3/services/{service_id}', handle: showService },
  { name: 'KeystoneListEndpoints', method: 'GET', path: '/v3/endpoints', handle: listEndpoints },
  { name: 'KeystoneShowEndpoint', method: 'GET', path: '/v3/endpoints/{endpoint_id}', handle: showEndpoint },
]

const base = 'https://iam.myhuaweicloud.com/v3'

const services = entries.map(({ type, name }) => {
  const id = stableHex(`service ${type}`)
  return { name, links: { self: `${base}/services/${id}` }, id, type, enabled: true, description: '' }
})

function listServices({ query }: Ask): Answer {
  const type = query.get('type')
  return ok({
    services: services.filter((service) => (type ?? service.type) === service.type),
    links: { next: null, previous: null, self: `${base}/services` },
  })
}

function showService({ params }: Ask): Answer {
  const id = params.service_id ?? ''
  const service = services.find((each) => each.id === id)
  if (!service) throw new Refusal(404, '404', `Could not find service: ${id}.`)
  return ok({ service })
}

/** Each project puts its own id into the address. */
function endpointsFor(ask: Ask) {
  return entries.flatMap((entry) => {
    const places = regions.flatMap((region) => regionsOf(entry, projectOfRegion(region)))
    return [...new Set(places)].map((region) => {
      const id = stableHex(`endpoint ${region} ${entry.type}`)
      return {
        service_id: stableHex(`service ${entry.type}`),
        region_id: region,
        links: { self: `${base}/endpoints/${id}` },
        id,
        interface: 'public',
        region,
        url: baseOf(ask, entry.host, region) + entry.path.replace('{p}', '$(tenant_id)s'),
        enabled: true,
      }
    })
  })
}

function listEndpoints(ask: Ask): Answer {
  const service = ask.query.get('service_id')
  const kind = ask.query.get('interface') ?? 'public'
  const found = endpointsFor(ask).filter((each) => (service ?? each.service_id) === each.service_id)
  return ok({
    endpoints: kind === 'public' ? found : [],
    links: { next: null, previous: null, self: `${base}/endpoints` },
  })
}

function showEndpoint(ask: Ask): Answer {
  const id = ask.params.endpoint_id ?? ''
  const endpoint = endpointsFor(ask).find((each) => each.id === id)
  if (!endpoint) throw new Refusal(404, '404', `Could not find endpoint: ${id}.`)
  return ok({ endpoint })
}
