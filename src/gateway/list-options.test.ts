import Type from 'typebox'
import Value from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { strict } from './fields.ts'
import { listAskOf, listOptions, unknownFields } from './list-options.ts'
import { orNull, shape, text, textMap, texts } from './shapes/shape.ts'

const NDJSON = { accept: 'application/x-ndjson' }
const schema = strict(listOptions)

describe('the options', () => {
  test.each<[given: Record<string, unknown>]>([
    [{}],
    [{ all: true }],
    [{ all: false }],
    [{ fields: 'id' }],
    [{ fields: 'id,flavor.vcpus,OS-EXT-STS:vm_state,名' }],
    [{ sort: 'name' }],
    [{ sort: '-created,name,-OS-EXT-STS:vm_state' }],
  ])('may be %j', (given) => expect(Value.Check(schema, given)).toBe(true))

  test.each<[given: Record<string, unknown>]>([
    [{ all: 'yes' }],
    [{ fields: '' }],
    [{ fields: ',' }],
    [{ fields: 'id,' }],
    [{ fields: ',id' }],
    [{ fields: 'id,,name' }],
    [{ fields: 'id, name' }],
    [{ fields: 'a'.repeat(129) }],
    [{ sort: '' }],
    [{ sort: 'name,' }],
    [{ sort: 'na me' }],
  ])('may not be %j', (given) => expect(Value.Check(schema, given)).toBe(false))
})

describe('a list is read', () => {
  test.each([
    [{}, {}, false],
    [{ all: false }, {}, false],
    [{ limit: '5' }, { accept: 'application/json' }, false],
    [{}, { accept: '*/*' }, false],
    [{}, { accept: 'application/x-ndjson-seq, text/x-ndjson' }, false],
    [{}, { accept: 'xapplication/x-ndjson' }, false],
  ] as const)('not for %j with %j', (fields, headers, several) =>
    expect(listAskOf(fields, headers, several)).toBeUndefined(),
  )

  test.each([
    [{ all: true }, {}, false, { all: true, lines: false }],
    [{}, {}, true, { all: false, lines: false }],
    [{}, NDJSON, false, { all: false, lines: true }],
    [{}, { accept: 'text/html, Application/X-NDJSON;q=0.5 , */*' }, false, { all: false, lines: true }],
    [{ fields: 'id,a.b' }, {}, false, { all: false, lines: false, pick: ['id', 'a.b'] }],
    [
      { sort: '-created,name', all: true },
      {},
      true,
      {
        all: true,
        lines: false,
        sort: [
          { path: 'created', descends: true },
          { path: 'name', descends: false },
        ],
      },
    ],
  ] as const)('for %j with %j', (fields, headers, several, asked) =>
    expect(listAskOf(fields, headers, several)).toEqual(asked),
  )
})

const item = Type.Object(
  shape({
    id: text,
    name: orNull(text),
    flavor: shape({ id: text, vcpus: text }),
    fault: orNull(shape({ code: text })),
    metadata: textMap,
    labels: orNull(textMap),
    tags: texts,
    zones: orNull(texts),
    addresses: Type.Record(text, Type.Array(shape({ addr: text }))),
    groups: Type.Array(shape({ name: text })),
    anything: Type.Unknown(),
    'OS-EXT-STS:vm_state': text,
  }).properties,
  { patternProperties: { '^__': text } },
)

const faults = (names: string, several = false) =>
  unknownFields({ fields: names }, item, several).map(({ field }) => field)

describe('a name', () => {
  test.each([
    'id',
    'flavor',
    'flavor.vcpus',
    'fault.code',
    'metadata.any.thing',
    'labels.any',
    'addresses.vpc-1.addr',
    'groups.name',
    'anything.at.all',
    'OS-EXT-STS:vm_state',
    '__os_type',
    '__proto__',
    'id,name,flavor.id',
  ])('%s is known', (name) => {
    expect(faults(name)).toEqual([])
    expect(unknownFields({ sort: `-${name.replaceAll(',', ',-')}` }, item, false)).toEqual([])
  })

  test.each([
    'nome',
    'ID',
    'flavor.ram',
    'flavor.vcpus.x',
    'fault.nothing',
    'groups.id',
    'id.length',
    'name.x',
    'tags.length',
    'zones.a',
    '-id',
    'regionId',
    'toString',
    'constructor',
    'hasOwnProperty.x',
    '.id',
    'id.',
    'flavor.',
    '.',
  ])('%s is not', (name) => expect(faults(name)).toEqual(['fields[0]']))

  test('that is unknown is told with its place and the nearest, in both options at once', () => {
    expect(unknownFields({ fields: 'id,nmae', sort: '-staus,id,quite-another' }, item, false)).toEqual([
      { field: 'fields[1]', description: 'is no field of these items; did you mean name?' },
      { field: 'sort[0]', description: expect.stringContaining('is no field of these items') },
      { field: 'sort[2]', description: expect.stringMatching(/: they have id, name, flavor, .*vm_state$/) },
    ])
  })

  test('regionId is known where several regions are asked, what is in it is not', () => {
    expect(faults('regionId,id', true)).toEqual([])
    expect(faults('regionId.x', true)).toEqual(['fields[0]'])
    expect(unknownFields({ sort: '-regionId' }, item, true)).toEqual([])
    expect(faults('regionID', true)).toEqual(['fields[0]'])
  })
})

test('nothing of a broken form is looked up', () => {
  expect(unknownFields({ fields: 7, sort: ['x'] }, item, false)).toEqual([])
})
