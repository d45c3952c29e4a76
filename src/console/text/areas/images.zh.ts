import type { Words } from '../words.ts'
import type { imagesEn } from './images.en.ts'

export const imagesZh: Words<typeof imagesEn> = {
  title: '镜像',
  description: '云服务器启动所用的镜像：操作系统、架构与所需磁盘。',
  table: '镜像列表',
  search: '搜索名称、操作系统或 ID',
  none: '没有镜像',
  noneHint: '所选区域中没有当前密钥可用的镜像。',
  columns: {
    name: '名称',
    region: '区域',
    platform: '操作系统',
    version: '版本',
    architecture: '架构',
    kind: '镜像类型',
    status: '状态',
    minDisk: '最小磁盘',
    size: '大小',
    minMemory: '最小内存',
    created: '创建时间',
    id: 'ID',
    create: '云服务器',
  },
  create: '用此镜像创建',
  kinds: {
    gold: '公共镜像',
    private: '私有镜像',
    shared: '共享镜像',
    market: '市场镜像',
  },
}
