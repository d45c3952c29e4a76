export const SHOWN = ['vpcs', 'groups', 'ips'] as const
export type Shown = (typeof SHOWN)[number]

/** What stands in the address of the page. */
export const DEFAULTS = { show: 'vpcs', regions: [] as readonly string[], q: '', sort: 'address' }

export const shownOf = (text: string): Shown => SHOWN.find((one) => one === text) ?? 'vpcs'
