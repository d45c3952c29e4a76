import { buildLogger } from './gateway/log.ts'
import { identifier } from './huaweicloud/caller.ts'
import { buildSharedGuard } from './huaweicloud/key-guard-shared.ts'
import type { LogSink } from './log-sink.ts'
import type { Names, Outside } from './outside.ts'
import type { ProfilePlaces } from './profile-places.ts'
import { type House, serve } from './serve.ts'
import type { Settings } from './settings.ts'
import { workerApprovals } from './worker-approvals.ts'
import { workerAudit } from './worker-audit.ts'
import type { OfFirst, OfWorker } from './worker-words.ts'
import { type Channel, openLine } from './workers/line.ts'

export interface WorkerSettings {
  readonly settings: Settings
  readonly outside: Outside & Names
  readonly log: LogSink
  readonly places: ProfilePlaces
  readonly channel: Channel
  /** The first process says that it is over. */
  end(): void
}

/** A process that serves, with what the first one keeps for all. */
export function startWorker({ settings, outside, log, places, channel, end }: WorkerSettings) {
  let house: House | undefined
  const guard = buildSharedGuard({
    admit: (keys, signal) => line.ask('admit', keys, signal),
    tell: (told) => line.ask('verdict', told),
  })
  const line = openLine<OfWorker, OfFirst>(channel, {
    numbers: () => house?.gateway.numbers() ?? [],
    forget: guard.forget,
    end,
  })

  async function start(): Promise<House> {
    const { workers, namingKey, sandboxOrigin, isAudited } = await line.ask('begin', undefined)
    house = await serve(settings, outside, log, places, {
      workers,
      agents: { namingKey, approvals: workerApprovals(line) },
      keys: { guard, identify: identifier(namingKey) },
      metrics: () => line.ask('metrics', undefined),
      shut: () => line.ask('shut', undefined),
      ...(sandboxOrigin ? { sandboxOrigin } : {}),
      ...(isAudited ? { audit: workerAudit(line, outside, buildLogger(settings.logLevel, log)) } : {}),
    })
    const { urls, warnings } = house
    line.tell('serving', { urls, warnings })
    return house
  }

  return {
    house: start(),
    /** Resolves when the first process knows why this one does not serve. */
    cannotStart: (lines: readonly string[]) => line.ask('cannotStart', lines),
  }
}
