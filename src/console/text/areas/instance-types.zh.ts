import type { Words } from '../words.ts'
import type { instanceTypesEn } from './instance-types.en.ts'

export const instanceTypesZh: Words<typeof instanceTypesEn> = {
  title: '规格',
  description: '可选的规格，包括 vCPU 与内存。',
}
