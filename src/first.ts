import { randomBytes } from 'node:crypto'
import { newBook } from './agents-start.ts'
import { startAudit } from './audit-start.ts'
import { auditReadings } from './gateway/audit-readings.ts'
import { buildLogger } from './gateway/log.ts'
import { processReadings } from './gateway/metrics-readings.ts'
import { register } from './gateway/metrics-registry.ts'
import { buildKeyGuard } from './huaweicloud/key-guard.ts'
import type { LogSink } from './log-sink.ts'
import { readMaterial } from './material.ts'
import type { Outside } from './outside.ts'
import { closeAll, embeddedSandbox, type House } from './serve.ts'
import type { Settings } from './settings.ts'
import { type Hand, hire } from './worker-hire.ts'
import { numbersOfAll } from './worker-numbers.ts'
import type { Serving } from './worker-words.ts'
import { startCrew } from './workers/crew.ts'
import { forkChild } from './workers/processes.ts'

/** The first of several processes: keeps what there must be only one of, and starts the workers, which serve. */
export async function startFirst(
  settings: Settings,
  workers: number,
  outside: Outside,
  logTo: Pick<LogSink, 'write' | 'dropped'>,
): Promise<Omit<House, 'gateway'>> {
  readMaterial(settings)
  const log = buildLogger(settings.logLevel, logTo)
  const opened: (() => Promise<void>)[] = []
  try {
    const sandbox = await embeddedSandbox(settings, outside, log)
    if (sandbox) opened.push(() => sandbox.close())
    const embedded = await sandbox?.listen()
    const audit = await startAudit(settings, outside, log)
    if (audit) opened.push(() => audit.close())
    const self = processReadings()
    opened.push(async () => self.close())
    const own = register({
      ...self.readings,
      ...auditReadings(audit),
      hca_log_lines_dropped_total: logTo.dropped,
    })
    const ownNumbers = () => own.numbers().finally(self.readAll)
    const hands = new Set<Hand>()
    const kept = {
      beginning: {
        workers,
        namingKey: randomBytes(32).toString('base64'),
        isAudited: audit !== undefined,
        ...(embedded ? { sandboxOrigin: embedded.url } : {}),
      },
      outside,
      audit,
      approvals: newBook(outside),
      guard: buildKeyGuard(outside),
      metrics: numbersOfAll(outside, ownNumbers, () => [...hands]),
      hands,
      fork: forkChild,
    }
    const crew = await startCrew<Serving, Hand>({
      count: workers,
      outside,
      fork: () => hire(kept),
      lost: (exit, pauseMs) => log.error({ ...exit, pauseMs }, 'a worker ended: another takes its place'),
      replaced: () => log.warn('a worker serves in the place of the one that ended'),
      cannotStart: (why) =>
        log.error({ why: why instanceof Error ? why.message : 'unknown' }, 'a worker cannot start'),
    })
    opened.push(crew.close)
    const [first] = crew.started
    return {
      urls: first?.urls ?? [],
      warnings: first?.warnings ?? [],
      ...(sandbox ? { sandbox } : {}),
      close: () => closeAll(opened.toReversed()),
    }
  } catch (error) {
    await closeAll(opened.toReversed()) // or what listens would keep the program from ending
    throw error
  }
}
