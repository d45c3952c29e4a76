import type { Words } from '../words.ts'
import type { quotasEn } from './quotas.en.ts'

export const quotasZh: Words<typeof quotasEn> = {
  title: '配额',
  description: '配额上限与已用量。',
}
