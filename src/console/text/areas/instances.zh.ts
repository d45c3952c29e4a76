import type { Words } from '../words.ts'
import type { instancesEn } from './instances.en.ts'

export const instancesZh: Words<typeof instancesEn> = {
  title: '云服务器',
  description: '一个、多个或全部区域的弹性云服务器。',
}
