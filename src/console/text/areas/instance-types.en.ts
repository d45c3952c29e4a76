export const instanceTypesEn = {
  title: 'Instance types',
  description: 'What can be had, with vCPUs and memory.',
}
