export const networksEn = {
  title: 'Networks',
  description: 'VPCs, subnets, security groups and public addresses.',
}
