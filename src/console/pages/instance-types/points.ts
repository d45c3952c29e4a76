import { isToBeHad } from '../../facts/sale.ts'
import type { TypeRow } from './facts.ts'

/** Types of the same size, which lie on each other. */
export interface Point {
  vcpus: number
  /** In GiB. */
  memory: number
  names: readonly string[]
  isOnSale: boolean
}

export function pointsOf(rows: readonly TypeRow[]): readonly Point[] {
  const points = new Map<string, { vcpus: number; memory: number; names: string[]; isOnSale: boolean }>()
  for (const { vcpus, memory, name, sale } of rows) {
    const key = `${vcpus}/${memory}`
    const point = points.get(key) ?? { vcpus, memory: memory / 1_024, names: [], isOnSale: false }
    point.names.push(name)
    if (isToBeHad(sale)) point.isOnSale = true
    points.set(key, point)
  }
  return [...points.values()]
}
