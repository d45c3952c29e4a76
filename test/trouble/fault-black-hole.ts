import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

/** Listens, and then its thread stands still: the system fills its line of two, and drops who comes after. */
const STANDSTILL = `
const { parentPort, workerData } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  Atomics.wait(new Int32Array(workerData), 0, 0)
  process.exit()
})`

/** Of a connection that gets no answer the system says nothing; who was taken has been by then. */
const TAKEN_WITHIN_MS = 200

/** An origin that takes no connection and refuses none: what is sent there is lost. */
export async function startBlackHole(): Promise<string> {
  const gate = new SharedArrayBuffer(4)
  const worker = new Worker(STANDSTILL, { eval: true, workerData: gate })
  const [port] = (await once(worker, 'message')) as [number]
  const taken: Socket[] = []
  onTestFinished(async () => {
    for (const socket of taken) socket.destroy()
    Atomics.store(new Int32Array(gate), 0, 1)
    Atomics.notify(new Int32Array(gate), 0)
    await worker.terminate()
  })
  for (;;) {
    const socket = connect({ host: '127.0.0.1', port }).on('error', () => {})
    taken.push(socket)
    const over = AbortSignal.timeout(TAKEN_WITHIN_MS)
    const isTaken = await once(socket, 'connect', { signal: over }).then(
      () => true,
      () => false,
    )
    if (!isTaken) return `http://127.0.0.1:${port}`
  }
}
