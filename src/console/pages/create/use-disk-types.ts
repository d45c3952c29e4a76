import { queryOptions, useQuery } from '@tanstack/react-query'
import { request } from '../../api/client.ts'
import { useText } from '../../text/locale.ts'
import { diskTypesOf, isSoldOut } from './disk-types.ts'
import { useDraft } from './state.ts'

const HOUR = 3_600_000

/** https://support.huaweicloud.com/api-evs/evs_04_2071.html; the gateway has no call of its own for it. */
const diskTypesQuery = (regionId: string) =>
  queryOptions({
    queryKey: ['diskTypes', regionId],
    queryFn: async ({ signal }) =>
      diskTypesOf(
        await request('GET', '/api/raw/evs/v2/{project_id}/types', { query: { regionId }, signal }),
      ),
    staleTime: HOUR,
    // Whoever may not ask still has the list of all types.
    retry: false,
  })

/** The kinds of disk that the region sells, as a choice; all there are where it does not tell. */
export function useDiskTypes() {
  const text = useText().create.disks
  const { form } = useDraft()
  const { data = [] } = useQuery(diskTypesQuery(form.regionId))
  const labels: Readonly<Record<string, string>> = text.types
  const labelOf = (name: string) => (labels[name] ? `${labels[name]} (${name})` : name)
  if (data.length === 0) return Object.keys(labels).map((value) => ({ value, label: labelOf(value) }))
  return data.map((type) => {
    const disabled = isSoldOut(type, form.zone)
    const label = labelOf(type.name)
    return { value: type.name, label: disabled ? text.soldOut(label) : label, disabled }
  })
}
