export const createEn = {
  title: 'Create instances',
  description: 'From region to review, step by step.',
}
