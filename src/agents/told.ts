import { asData } from './as-data.ts'
import { CallRefused, nextFor, ToolRefused } from './refused.ts'
import type { Told } from './tool.ts'

/** As MCP has it: the same as structure and as JSON text, for programs that know only one. */
export interface ToolResult {
  [more: string]: unknown
  content: { type: 'text'; text: string }[]
  structuredContent: Record<string, unknown>
  isError?: true
}

const resultOf = (structuredContent: Record<string, unknown>): ToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
  structuredContent,
})

export const told = ({ data, next }: Told): ToolResult =>
  resultOf({ data: asData(data), ...(next ? { next } : {}) })

/** Undefined for what is no refusal, but a bug. */
export function toldError(error: unknown): ToolResult | undefined {
  if (error instanceof ToolRefused) return toldRefusal(error)
  if (!(error instanceof CallRefused)) return undefined
  const { status, requestId, told: said } = error
  const refused = asData({ status, requestId, ...said })
  return { ...resultOf({ error: refused, next: nextFor(said.reason, status) }), isError: true }
}

export function toldRefusal({ reason, message, faults, next }: ToolRefused): ToolResult {
  const refused = { reason, message, ...(faults.length > 0 ? { faults: asData(faults) } : {}) }
  return { ...resultOf({ error: refused, next }), isError: true }
}
