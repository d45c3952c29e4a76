/** What the address says of the table. */
export const DEFAULTS = {
  q: '',
  regions: [],
  status: [],
  flavor: [],
  image: [],
  tag: [],
  sort: 'name',
  columns: [],
} as const
