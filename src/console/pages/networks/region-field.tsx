import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { openedRegionsQuery } from '../../api/queries.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'

interface Props {
  value: string
  onChange: (region: string) => void
}

/** Inside a dialog, where a list that opens over it would be one layer too many. */
export function RegionField({ value, onChange }: Props) {
  const text = useText().parts
  const regionName = useRegionName()
  const opened = useQuery(openedRegionsQuery())
  const ids = opened.data?.includes(value) ? opened.data : [value, ...(opened.data ?? [])]
  return (
    <NativeSelect
      label={text.region}
      value={value}
      data={ids.map((id) => ({ value: id, label: regionName(id) }))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
