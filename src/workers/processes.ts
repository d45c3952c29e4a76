import cluster, { type Worker } from 'node:cluster'
import type { Exit, Member } from './crew.ts'
import type { Channel } from './line.ts'

export const isWorker = cluster.isWorker

/** Another process of this program, with the same arguments and environment. */
export interface Child extends Omit<Member<never>, 'started' | 'end'> {
  readonly channel: Channel
  /**
   * Hands it no connections any more. What is on its way there comes before it hears of that; if the worker closed its ports
   * by itself, Node would keep what comes too late, unanswered, for as long as this process runs.
   */
  shut(): void
}

const children = new Set<Worker>()

/** Connections go to the workers in turn, from ports that the first process holds while any of them listens. */
export function forkChild(): Child {
  cluster.schedulingPolicy = cluster.SCHED_RR
  const worker = cluster.fork()
  children.add(worker)
  worker.once('exit', () => children.delete(worker))
  worker.on('error', () => {}) // a message to one that has just gone
  closeWhatItMissed(worker)
  return {
    channel: channelOf(worker),
    ended: new Promise<Exit>((resolve) => {
      worker.once('exit', (code, signal) => resolve({ code, signal }))
    }),
    shut: () => void worker.disconnect(),
    kill: () => void worker.process.kill('SIGKILL'),
  }
}

/**
 * Node forgets a connection that was handed to a worker which is killed in the same moment: its caller would wait for as long
 * as this process runs. What is on its way shows in the messages between the two, which Node does not promise to keep as
 * they are; `test/trouble/workers.test.ts` would tell.
 */
function closeWhatItMissed(worker: Worker): void {
  const underWay = new Map<unknown, { close(): void }>()
  const child = worker.process
  const send = child.send.bind(child) as (...all: unknown[]) => boolean
  child.send = (message: unknown, handle?: unknown, ...rest: unknown[]) => {
    const { act, seq } = Object(message)
    if (act === 'newconn' && handle) underWay.set(seq, handle as { close(): void })
    return send(message, handle, ...rest)
  }
  child.on('internalMessage', (message: unknown) => underWay.delete(Object(message).ack))
  worker.once('exit', () => {
    for (const handle of underWay.values()) handle.close()
  })
}

/** Ends whatever still runs, without a word. */
export function killChildren(): void {
  for (const worker of children) worker.process.kill('SIGKILL')
}

/** To the process that has made this one. When that goes, Node ends this one too. */
export function channelToParent(): Channel {
  if (!cluster.worker) throw new Error('this is no worker')
  return channelOf(cluster.worker)
}

const channelOf = (worker: Worker): Channel => ({
  send: (message) => void worker.send(message, undefined, () => {}), // who has gone is told by its end
  onMessage: (take) => void worker.on('message', take),
  onClose: (then) => void worker.once('disconnect', then),
})
