import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from './compare-contenders.ts'
import { atMost } from './compare-ratios.ts'
import type { ReadersOrder, ReadersReport } from './compare-readers.ts'
import type { Goal } from './compare-results.ts'
import { atTheEnd, stop } from './compare-world.ts'
import { file, memoryMib } from './processes.ts'
import { mib } from './trouble-measure.ts'

const READERS = 100
const GROWTH_MIB = 64
const SECONDS = 15

/** A gateway that has answered, but nothing long yet: what it has kept of earlier answers would hide what it takes here. */
export async function slowReaders(gateway: Server, bytes: number): Promise<Goal[]> {
  const resident = () => gateway.pids.reduce((sum, pid) => sum + memoryMib(pid), 0)
  const before = resident()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, resident())
  }, 50)
  const { bytes: got, seconds } = await read({
    url: gateway.url,
    readers: READERS,
    bytesPerSecond: bytes / SECONDS,
  }).finally(() => clearInterval(timer))
  const whole = got.filter((count) => count >= bytes).length
  const shown = `${mib(before)} before, ${mib(most)} at most, in ${seconds.toFixed(0)} s`
  return [
    atMost(`memory grown by ${READERS} slow readers of 20 MB each`, most - before, GROWTH_MIB, mib),
    {
      what: 'of these, who got all of it',
      measured: `${whole} (${shown})`,
      wanted: String(READERS),
      kept: whole === READERS,
    },
  ]
}

async function read(order: ReadersOrder): Promise<ReadersReport> {
  const child = fork(file('compare-readers.ts'), [])
  atTheEnd(() => stop(child))
  child.send(order)
  const [report] = await once(child, 'message')
  return report
}
