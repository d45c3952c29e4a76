import { apiCommand } from './api-command.ts'
import { apiRows } from './api-rows.ts'
import type { Command } from './command.ts'
import { completionCommands } from './own/completion.ts'
import { create } from './own/create.ts'
import { jobsWait } from './own/jobs-wait.ts'
import { profileCommands } from './own/profile.ts'
import { raw } from './own/raw.ts'

/** The commands of this room, in the order of help. */
export const ownCommands: readonly Command[] = [
  ...apiRows.map(apiCommand),
  create,
  jobsWait,
  raw,
  ...profileCommands,
  ...completionCommands,
]
