import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { clock } from './trouble-plan.ts'

/** `/proc` counts in hundredths of a second. */
const TICK_MS = 10

/** Processor time of a process, user and system; `withEnded`: also that of its children who have ended. */
export function cpuMsOf(pid: number | 'self', withEnded = false): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const times = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, withEnded ? 15 : 13)
  return times.reduce((sum, time) => sum + Number(time), 0) * TICK_MS
}

/** Of all processors and everybody. */
export function machineMs(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, soft = 0] =
    /^.*/.exec(readFileSync('/proc/stat', 'utf8'))?.[0].split(/ +/).map(Number) ?? []
  return (user + nice + system + irq + soft) * TICK_MS
}

const DISTURBED = 0.2

/** Tells, once all our processes have ended, how much of the machine others took meanwhile. */
export function watchOthers(): () => { shown: string; isDisturbed: boolean } {
  const [machine, ours, began] = [machineMs(), cpuMsOf('self', true), clock()]
  return () => {
    const others = machineMs() - machine - (cpuMsOf('self', true) - ours)
    const taken = Math.max(0, others / (clock() - began))
    const shown = `${taken.toFixed(2)} of ${cpus().length} processors`
    return { shown, isDisturbed: taken > DISTURBED }
  }
}
