/** How much is taken from callers, and how the server ends. */
export const limitRows = {} as const
