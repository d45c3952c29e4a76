import type { Approval } from '../../api/approvals.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'

/** What is asked for, in a line. */
export function useHeadline(): (approval: Approval) => string {
  const { asks } = useText().approvals
  const format = useFormat()
  const regionName = useRegionName()
  return ({ shown: { action, count, regionId } }) => {
    const region = regionName(regionId)
    return count === 1 ? asks[action].one(region) : asks[action].many(format.number(count), region)
  }
}
