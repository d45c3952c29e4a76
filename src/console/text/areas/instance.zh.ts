import type { Words } from '../words.ts'
import type { instanceEn } from './instance.en.ts'

export const instanceZh: Words<typeof instanceEn> = {
  title: '云服务器详情',
  description: '华为云提供的全部信息。',
}
