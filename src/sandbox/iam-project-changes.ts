import Type from 'typebox'
import { Compile } from './check.ts'
import { notFoundProject, projectWithId, viewOf } from './iam-project-view.ts'
import { newHex } from './ids.ts'
import { descriptionOf, findProject, projectsIn } from './project-book.ts'
import { account, type Project } from './projects.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const Name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' })
const Description = Type.String({ maxLength: 255 })
const CreateBody = Compile(
  Type.Object({
    project: Type.Object({
      name: Name,
      domain_id: Type.Optional(Type.String()),
      parent_id: Type.Optional(Type.String()),
      description: Type.Optional(Description),
    }),
  }),
)

/** Only below a region's own project, whose name the new one's begins with. */
export function createProject(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidBody()
  const { name, domain_id = account.domainId, parent_id, description = '' } = body.project
  if (domain_id !== account.domainId) throw new Refusal(404, '404', `Could not find domain: ${domain_id}.`)
  refuseTaken(name, world)
  const parent = parentOf(name, parent_id, world)
  const made = {
    id: newHex(world.outside),
    name,
    regionId: parent.region?.id,
    parentId: parent.id,
    description,
  }
  world.projectBook.set(made.id, made)
  return ok({ project: viewOf(projectWithId(made.id, world), world) }, 201)
}

function refuseTaken(name: string, world: World): void {
  if (projectsIn(world).some((project) => project.name === name))
    throw new Refusal(
      409,
      '409',
      `Conflict occurred attempting to store project - it is not permitted to have two projects with the same name in the same domain : ${name}.`,
    )
}

function parentOf(name: string, id: string | undefined, world: World): Project {
  const parent = projectsIn(world).find((project) =>
    id === undefined || id === account.domainId ? name.startsWith(`${project.name}_`) : project.id === id,
  )
  if (!parent && id !== undefined && id !== account.domainId) throw notFoundProject(id)
  if (!parent?.region || parent.parentId !== account.domainId || !name.startsWith(`${parent.name}_`))
    throw new Refusal(
      400,
      '400',
      'The project name must start with the name of its region and an underscore.',
    )
  return parent
}

const UpdateBody = Compile(
  Type.Object({
    project: Type.Object({ name: Type.Optional(Name), description: Type.Optional(Description) }),
  }),
)

export function updateProject(ask: Ask, world: World): Answer {
  const project = projectWithId(ask.params.project_id, world)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidBody()
  const { name = project.name, description = descriptionOf(world, project) } = body.project
  if (name !== project.name) {
    const parent = findProject(world, project.parentId)
    if (!parent)
      throw new Refusal(
        403,
        '403',
        'You are not authorized to perform the requested action: the project of a region keeps its name.',
      )
    refuseTaken(name, world)
    parentOf(name, parent.id, world)
  }
  const { id, parentId, region } = project
  world.projectBook.set(id, { id, name, regionId: region?.id, parentId, description })
  return ok({ project: viewOf(projectWithId(id, world), world) })
}

const invalidBody = () => new Refusal(400, '400', 'The request body is invalid')
