/** Every page there is, each as somebody with the sandbox's keys finds it. */
export const PAGES = [
  '/console/',
  '/console/instances',
  '/console/instances/new',
  '/console/instances/cn-north-4/ins-r8hr2upy',
  '/console/images',
  '/console/instance-types',
  '/console/networks',
  '/console/quotas',
  '/console/approvals',
  '/console/sandbox',
  '/console/no-such-page',
] as const

/** Those that show what an account has. */
export const DATA_PAGES = [
  '/console/',
  '/console/instances',
  '/console/instances?regions=cn-north-4',
  '/console/instances/new?region=cn-north-4&step=image',
  '/console/instances/cn-north-4/ins-r8hr2upy',
  '/console/images',
  '/console/instance-types',
  '/console/networks',
  '/console/quotas',
] as const
