import { type Flavor, flavorsOf, flavorWithId } from './flavors.ts'
import { badRequest, itemNotFound, linksTo, pageOf } from './nova-manner.ts'
import { type Answer, type Ask, ok } from './service.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0902.html and its neighbours. */
export function novaListFlavors(ask: Ask): Answer {
  const { page, links } = found(ask)
  return ok({
    flavors: page.map(({ id }) => ({ id, name: id, links: linksTo(ask, `/flavors/${id}`) })),
    ...links,
  })
}

export function novaListFlavorsDetails(ask: Ask): Answer {
  const { page, links } = found(ask)
  return ok({ flavors: page.map((flavor) => viewOf(flavor, ask)), ...links })
}

export function novaShowFlavor(ask: Ask): Answer {
  return ok({ flavor: viewOf(flavorAsked(ask), ask) })
}

export function novaShowFlavorExtraSpecs(ask: Ask): Answer {
  return ok({ extra_specs: flavorAsked(ask).view.os_extra_specs })
}

export function novaShowFlavorExtraSpec(ask: Ask): Answer {
  const { id, view } = flavorAsked(ask)
  const { key = '' } = ask.params
  if (!Object.hasOwn(view.os_extra_specs, key))
    throw itemNotFound(`Flavor ${id} has no extra specs with key ${key}.`)
  return ok({ [key]: view.os_extra_specs[key] })
}

function flavorAsked({ region, params }: Ask): Flavor {
  const id = params.flavor_id ?? ''
  const flavor = flavorWithId(region, id)
  if (!flavor) throw itemNotFound(`Flavor ${id} could not be found.`)
  return flavor
}

function found(ask: Ask) {
  const { region, query } = ask
  const leastRam = query.whole('minRam', 0)
  const leastDisk = query.whole('minDisk', 0)
  if (leastRam === undefined) throw badRequest(`Invalid minRam filter [${query.get('minRam')}]`)
  if (leastDisk === undefined) throw badRequest(`Invalid minDisk filter [${query.get('minDisk')}]`)
  // None has a disk of its own, and all are public.
  const isAnyLeft = leastDisk === 0 && !/^(?:false|f|no|n|0)$/i.test(query.get('is_public') ?? '')
  const flavors = isAnyLeft ? flavorsOf(region).filter(({ ram }) => ram >= leastRam) : []
  return pageOf(ask, flavors, 'flavors')
}

/** Numbers where ECS writes texts. */
function viewOf({ id, vcpus, ram }: Flavor, ask: Ask) {
  return {
    id,
    name: id,
    ram,
    disk: 0,
    swap: '',
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'OS-FLV-DISABLED:disabled': false,
    vcpus,
    'os-flavor-access:is_public': true,
    rxtx_factor: 1.0,
    links: linksTo(ask, `/flavors/${id}`),
  }
}
