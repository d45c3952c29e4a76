/** Where an instance is created with something chosen already; the step is the next one to choose at. */
export function createHref(region: string, chosen: { image: string } | { type: string }): string {
  const step = 'image' in chosen ? 'type' : 'image'
  return `/instances/new?${new URLSearchParams({ region, ...chosen, step })}`
}
