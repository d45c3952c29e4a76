export const instancesEn = {
  title: 'Instances',
  description: 'Elastic cloud servers in one, several or all regions.',
}
