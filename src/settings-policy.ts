/** How failed calls to Huawei Cloud are repeated, and when they are not made at all. */
export const policyRows = {} as const
