export const overviewEn = {
  title: 'Overview',
  description: 'All regions at a glance, as they answer.',
}
