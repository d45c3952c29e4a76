/**
 * The sandbox by itself: how soon it answers and how big it is when idle, then how fast with 1,000 and with
 * 10,000 servers in a project, asked in turns in one run. `npm run build` first.
 */
import { end, file, median, memoryMib, program, start } from './processes.ts'
import { sandboxAt } from './sandbox-client.ts'

const END = performance.now() + 55_000
const STARTS = 5
const ROUNDS = 60

type Row = [what: string, measured: string, goal: string, kept: boolean]
const table: Row[] = []

const worst = (numbers: readonly number[]) => Math.max(...numbers)
const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`

async function measureStarts(): Promise<void> {
  const starts: number[] = []
  const sizes: number[] = []
  for (let round = 0; round < STARTS; round += 1) {
    const began = performance.now()
    const sandbox = await start([program, 'sandbox', '--port', '0'])
    try {
      await (await fetch(`${sandbox.url}/_sandbox/world`)).text()
      starts.push(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 1_000)) // idle means: after the rush
      sizes.push(memoryMib(sandbox.pid))
    } finally {
      await end(sandbox)
    }
  }
  table.push([
    'ready: first answer after the start',
    ms(median(starts)),
    '< 1,000 ms',
    median(starts) < 1_000,
  ])
  table.push(['idle, resident', `${median(sizes).toFixed(0)} MiB`, '< 150 MiB', median(sizes) < 150])
}

async function measureWorlds(url: string): Promise<void> {
  const few = await sandboxAt(url, 'cn-north-4')
  const many = await sandboxAt(url, 'cn-east-3')
  await few.create(500)
  await few.create(500)
  const creates: number[] = []
  for (let batch = 0; batch < 20; batch += 1) creates.push(await many.create(500))
  table.push([
    `create of 500, up to 10,000 (worst ${ms(worst(creates))})`,
    ms(median(creates)),
    '< 500 ms',
    median(creates) < 500,
  ])

  // Each line of the table is asked of both worlds in turns, so that both see the same moments of the machine.
  const servers = '/v1/{project_id}/cloudservers'
  const questions: [what: string, service: string, target: string][] = [
    ['100 servers, first page', 'ecs', `${servers}/detail?limit=100`],
    ['100 servers, last page', 'ecs', `${servers}/detail?limit=100&offset={last_page}`],
    ['100 servers, by cursor', 'ecs', '/v1.1/{project_id}/cloudservers/detail?limit=100'],
    ['100 servers, by name', 'ecs', `${servers}/detail?limit=100&name=bench`],
    ['100 volumes', 'evs', '/v2/{project_id}/cloudvolumes/detail?limit=100'],
    ['100 ports', 'vpc', '/v1/{project_id}/ports?limit=100'],
    ['one server', 'ecs', `${servers}/{newest}`],
    ['limits', 'ecs', `${servers}/limits`],
    ['flavors', 'ecs', `${servers}/flavors`],
  ]
  for (const [what, service, target] of questions) {
    const inFew: number[] = []
    const inMany: number[] = []
    for (let round = 0; round < ROUNDS && performance.now() < END; round += 1) {
      inFew.push(await few.time(service, target))
      inMany.push(await many.time(service, target))
    }
    const ratio = median(inMany) / median(inFew)
    const isPage = what.startsWith('100 ')
    // Who asks by name has every server looked at, and is told how many have it.
    const mayGrow = what.endsWith('by name')
    table.push([`${what}, of 1,000`, ms(median(inFew)), '', true])
    table.push([
      `${what}, of 10,000 (x ${ratio.toFixed(2)})`,
      ms(median(inMany)),
      isPage ? `< 10 ms${mayGrow ? '' : ', x < 2'}` : '',
      !isPage || (median(inMany) < 10 && (mayGrow || ratio < 2)),
    ])
  }
}

await measureStarts()
const process_ = await start([file('sandbox-process.ts')])
try {
  await measureWorlds(process_.url)
  table.push(['resident with 11,000 servers', `${memoryMib(process_.pid).toFixed(0)} MiB`, '', true])
} finally {
  await end(process_)
}
for (const [what, measured, goal, kept] of table)
  console.log(`${what.padEnd(52)} ${measured.padStart(9)}   ${goal}${kept ? '' : '   MISSED'}`)
process.exitCode = table.every(([, , , kept]) => kept) ? 0 : 1
