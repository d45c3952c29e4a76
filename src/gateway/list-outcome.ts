import { GLOBAL } from '../huaweicloud/cloud.ts'
import { NotAskable } from '../huaweicloud/failure.ts'
import { walk } from '../huaweicloud/list-walk.ts'
import { CallerLeft } from '../huaweicloud/why-failed.ts'
import type { Asker } from './asker.ts'
import { budget } from './deadline.ts'
import type { HandlerSettings } from './handle.ts'
import type { Intake } from './intake.ts'
import { type Failed, piecesOf, sortedPieces } from './list-entries.ts'
import { type Frame, inEnvelope, inLines } from './list-frames.ts'
import type { ListIntake } from './list-intake.ts'
import { type Batch, inOneRegion, inRegions } from './list-regions.ts'
import type { Regions } from './region-of.ts'
import type { Asked, List, Outcome } from './route.ts'

export interface ListWork {
  row: List
  list: ListIntake
  intake: Intake
  asker: Asker
  settings: HandlerSettings
  /** Ends everything: the caller has left, or has given us no more time. */
  over: AbortSignal
  /** Milliseconds that a page may take where one region is asked. */
  pageMs: number
  shown: (error: unknown) => string
}

/** A list that must be read: all pages, several regions, some fields, an order, or a line for each item. */
export function listOutcome(work: ListWork): Outcome {
  const { row, list } = work
  const failed: Failed[] = []
  const frame: Frame = {
    items: row.operation.listing?.items ?? '',
    ask: list.ask,
    ...(list.regions ? { failed } : {}),
    shown: work.shown,
  }
  const pieces = piecesOf(batchesOf(work), failed)
  const ordered = list.ask.sort ? sortedPieces(pieces, list.ask.sort) : pieces
  return list.ask.lines
    ? { texts: inLines(ordered, frame), headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } }
    : { texts: inEnvelope(ordered, frame) }
}

function batchesOf(work: ListWork): AsyncGenerator<Batch> {
  const { regions } = work.list
  return regions ? inSeveral(work, regions) : inOneRegion(pagesOf(work))
}

function pagesOf(work: ListWork) {
  const { intake, asker, settings, over, pageMs } = work
  const { projectId, regionId: region = GLOBAL } = intake
  const { operation, query, asked, all } = question(work)
  return walk({
    operation,
    region,
    query,
    all,
    ask: (query, signal, until) =>
      asker(operation, { ...asked, query }, { region, projectId, signal, until }),
    limit: (act) => budget(pageMs, over, settings.outside)(act),
  })
}

async function* inSeveral(work: ListWork, regions: Regions): AsyncGenerator<Batch> {
  const { asker, settings, over, intake } = work
  const { cloud, deadlines, outside } = settings
  if (!intake.caller) throw new TypeError('several regions are asked with keys only')
  const { operation, query, asked, all } = question(work)
  // One question to IAM proves the keys before they go out eight at a time.
  const opened = await cloud.opened(intake.caller, regions, over)
  const ids = regions.every ? regions.ids.filter((id) => opened.has(id)) : regions.ids
  // Whatever ends the list ends what is still asked for it.
  const ended = new AbortController()
  const until = AbortSignal.any([over, ended.signal])
  const open = (region: string) => {
    const projectId = opened.get(region)
    return walk({
      operation,
      region,
      query,
      all,
      ask: async (query, signal, until) => {
        if (projectId === undefined) throw new NotAskable('region-not-opened', region)
        return asker(operation, { ...asked, query }, { region, projectId, signal, until })
      },
      limit: budget(deadlines.region * 1_000, until, outside),
    })
  }
  try {
    yield* inRegions(ids, open)
  } finally {
    ended.abort(new CallerLeft())
  }
}

function question({ row, list, intake }: ListWork) {
  const { operation } = row
  const asked: Asked = row.asked?.(intake.fields as Record<string, string>) ?? {}
  return { operation, asked, query: [...(asked.query ?? []), ...intake.passed], all: list.ask.all }
}
