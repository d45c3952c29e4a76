import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { badRequest, itemNotFound, pageOf } from './nova-manner.ts'
import { briefOf, novaViewOf } from './nova-server-view.ts'
import type { Query } from './query.ts'
import { readingOf, type Server } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export function novaListServers(ask: Ask, world: World): Answer {
  const { page, links } = found(ask, world)
  return ok({ servers: page.map((server) => briefOf(server, ask)), ...links })
}

export function novaListServersDetails(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const { page, links } = found(ask, world)
  return ok({ servers: page.map((server) => novaViewOf(server, holdings, ask, world)), ...links })
}

export function novaShowServer(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  return ok({ server: novaViewOf(server, holdings, ask, world) })
}

/** Callers here know no jobs: looking at the server is how they wait, so by poll it counts as a look at its job. */
export function serverAsked(ask: Ask, world: World): { holdings: Holdings; server: Server } {
  const id = ask.params.server_id ?? ''
  const holdings = world.holdings(ask.project)
  const { task } = holdings.servers.get(id) ?? {}
  if (task && ask.method === 'GET') world.look(task.jobId)
  const server = holdings.servers.get(id)
  if (!server) throw itemNotFound(`Instance ${id} could not be found.`)
  return { holdings, server }
}

/** Newest first. */
function found(ask: Ask, world: World) {
  const { servers, running } = world.holdings(ask.project)
  const jobs = [...running].filter(({ parts }) => parts.some(({ serverId }) => serverId !== undefined))
  for (const { id } of jobs) world.look(id)
  const filter = filterOf(ask.query)
  return pageOf(ask, [...servers.values()].filter(filter).reverse(), 'servers')
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_1402.html; what is not known here asks nothing. */
function filterOf(query: Query): (server: Server) => boolean {
  const { name, status, flavor, image, ip, reservation_id, tags } = Object.fromEntries(
    query.pairs.filter(([, value]) => value !== ''),
  )
  const since = query.get('changes-since')
  const from = since === undefined ? 0 : Date.parse(since)
  if (Number.isNaN(from)) throw badRequest('Invalid changes-since value')
  const avoided = query.get('not-tags')
  const isDeleted = /^(?:true|1)$/i.test(query.get('deleted') ?? '')
  return (server) =>
    !isDeleted &&
    (name === undefined || patternOf(name).test(server.name)) &&
    (status === undefined || readingOf(server, 0).status === status.toUpperCase()) &&
    (flavor === undefined || server.flavor.id === flavor) &&
    (image === undefined || server.imageId === image) &&
    (ip === undefined || server.nics.some(({ address }) => patternOf(ip).test(address))) &&
    (reservation_id === undefined || server.reservationId === reservation_id) &&
    (tags === undefined || tags.split(',').every((tag) => server.tags.includes(tag))) &&
    (avoided === undefined || !avoided.split(',').every((tag) => server.tags.includes(tag))) &&
    server.updated >= from
}

/** Found anywhere in the text, with `.` for any character; nothing else of a regular expression works. */
const patternOf = (text: string) => new RegExp(text.replace(/[\\^$*+?()[\]{}|]/g, '\\$&'), 's')

const UpdateBody = Compile(
  Type.Object({
    server: Type.Object({
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      description: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
    }),
  }),
)

export function novaUpdateServer(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw badRequest('Invalid input for field/attribute server.')
  if (body.server.name !== undefined) server.name = body.server.name
  if (body.server.description !== undefined) server.description = body.server.description ?? ''
  server.updated = world.outside.now()
  return ok({ server: novaViewOf(server, holdings, ask, world) })
}
