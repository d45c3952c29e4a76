export const quotasEn = {
  title: 'Quotas',
  description: 'How much may be used, and how much is.',
}
