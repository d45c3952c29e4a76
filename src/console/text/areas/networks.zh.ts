import type { Words } from '../words.ts'
import type { networksEn } from './networks.en.ts'

export const networksZh: Words<typeof networksEn> = {
  title: '网络',
  description: '虚拟私有云、子网、安全组与弹性公网IP。',
}
