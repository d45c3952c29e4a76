import { listTools } from './list-tools.ts'
import { showTools } from './show-tools.ts'
import type { Tool } from './tool.ts'
import { writeTools } from './write-tools.ts'

/** All that an agent can ask. */
export const tools: readonly Tool[] = [...listTools, ...showTools, ...writeTools]
