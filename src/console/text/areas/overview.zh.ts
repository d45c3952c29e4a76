import type { Words } from '../words.ts'
import type { overviewEn } from './overview.en.ts'

export const overviewZh: Words<typeof overviewEn> = {
  title: '总览',
  description: '所有区域的概况，随响应逐步显示。',
}
