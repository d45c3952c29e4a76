import type { Words } from '../words.ts'
import type { createEn } from './create.en.ts'

export const createZh: Words<typeof createEn> = {
  title: '创建云服务器',
  description: '从选择区域到确认配置，逐步完成。',
}
