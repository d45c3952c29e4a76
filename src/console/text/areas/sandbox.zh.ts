import type { Words } from '../words.ts'
import type { sandboxEn } from './sandbox.en.ts'

export const sandboxZh: Words<typeof sandboxEn> = {
  title: '沙箱',
  description: '本地华为云：资源、节奏、时钟、故障与日志。',
}
