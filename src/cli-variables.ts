/** Variables of the command line. No settings of the server; but no typing mistakes either. */
export const CLI_VARIABLES = {
  gateway: 'HCA_GATEWAY',
  token: 'HCA_TOKEN',
  region: 'HCA_REGION',
  profile: 'HCA_PROFILE',
} as const
