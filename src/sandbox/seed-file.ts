import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import type { Clock } from './clock.ts'
import { readPace } from './pace.ts'
import { projects } from './projects.ts'

const strict = { additionalProperties: false }
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Text = Type.String()

const SeedVpc = Type.Object({ name: Name, cidr: Text, description: Type.Optional(Text) }, strict)

const SeedSubnet = Type.Object(
  { name: Name, vpc: Name, cidr: Text, gateway: Type.Optional(Text), zone: Type.Optional(Text) },
  strict,
)

const SeedServer = Type.Object(
  {
    name: Name,
    flavor: Text,
    /** Id or name. */
    image: Text,
    /** Of this file, or `subnet-default`, which every project has. */
    subnet: Type.Optional(Name),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    zone: Type.Optional(Text),
    stopped: Type.Optional(Type.Boolean()),
    rootVolume: Type.Optional(
      Type.Object({ type: Type.Optional(Text), size: Type.Optional(Type.Integer({ minimum: 1 })) }, strict),
    ),
    tags: Type.Optional(Type.Record(Text, Text)),
    metadata: Type.Optional(Type.Record(Text, Text)),
    description: Type.Optional(Text),
  },
  strict,
)

/** A private image, made from a server of this file. */
const SeedImage = Type.Object({ name: Type.String({ minLength: 1 }), server: Name }, strict)

const SeedProject = Type.Object(
  {
    vpcs: Type.Optional(Type.Array(SeedVpc)),
    subnets: Type.Optional(Type.Array(SeedSubnet)),
    servers: Type.Optional(Type.Array(SeedServer)),
    images: Type.Optional(Type.Array(SeedImage)),
  },
  strict,
)

/** What the world begins with: see docs/sandbox-files.md. */
export const SeedSchema = Type.Object(
  {
    /** What all chance is drawn from. */
    random: Type.Optional(Text),
    /** As a setting has it: `at-once`, `poll:3`, `clock`, `clock:2000`. */
    pace: Type.Optional(Text),
    /** What the world's clock shows at first. */
    start: Type.Optional(Text),
    /** The clock stands until somebody moves it. */
    frozen: Type.Optional(Type.Boolean()),
    /** By name, which for a region's own project is the region's. */
    projects: Type.Optional(Type.Record(Text, SeedProject)),
  },
  strict,
)

export type Seed = Static<typeof SeedSchema>
export type SeedProject = Static<typeof SeedProject>
export type SeedServer = Static<typeof SeedServer>

/** What is wrong with a seed, all of it. */
export class SeedError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'SeedError'
    this.faults = faults
  }
}

const Check = Compile(SeedSchema)

/** Throws with every fault of form at once; whether the things fit together is seen when they are made. */
export function checkSeed(value: unknown): Seed {
  const faults = [...Check.Errors(value)]
    .filter(({ keyword }) => keyword !== 'boolean') // repeats the unknown field
    .map(
      ({ instancePath, message, params }) => `seed: ${placeIn(instancePath)}${message}${unknownIn(params)}`,
    )
  if (!Check.Check(value)) throw new SeedError(faults)
  if (value.pace !== undefined && !readPace(value.pace))
    faults.push('seed: pace must be at-once, poll:N, clock or clock:MS')
  if (value.start !== undefined && Number.isNaN(readTime(value.start)))
    faults.push('seed: start must be a time like 2026-01-01T00:00:00Z')
  for (const name of Object.keys(value.projects ?? {}))
    if (!projects.some((project) => project.name === name && project.region))
      faults.push(`seed: projects.${name} is no project of the sandbox; each region has one of its own name`)
  if (faults.length > 0) throw new SeedError(faults)
  return value
}

/** What the clock is on the first day. */
export function clockOf(seed: Seed | undefined, real: number): Clock {
  const start = seed?.start === undefined ? real : readTime(seed.start)
  return { offset: start - real, ...(seed?.frozen ? { frozenAt: start } : {}) }
}

const readTime = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN

function placeIn(path: string): string {
  const place = path
    .split('/')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1)
  return place && `${place} `
}

function unknownIn(params: object): string {
  const names = Reflect.get(params, 'additionalProperties')
  return Array.isArray(names) ? `: ${names.join(', ')}` : ''
}
