import type { Words } from '../words.ts'
import type { imagesEn } from './images.en.ts'

export const imagesZh: Words<typeof imagesEn> = {
  title: '镜像',
  description: '云服务器启动所用的镜像。',
}
