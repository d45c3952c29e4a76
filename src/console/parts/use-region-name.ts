import { useText } from '../text/locale.ts'

/** The name that Huawei Cloud gives a region; the id where we know none. */
export function useRegionName(): (id: string) => string {
  const { regions } = useText()
  return (id) => (id in regions ? regions[id as keyof typeof regions] : id)
}
