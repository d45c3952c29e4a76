import type { Words } from '../words.ts'
import type { instanceTypesEn } from './instance-types.en.ts'

export const instanceTypesZh: Words<typeof instanceTypesEn> = {
  title: '规格',
  description: '区域内可选的规格：vCPU、内存与在售的可用区。',
  table: '规格列表',
  search: '搜索名称或规格族',
  none: '没有规格',
  noneHint: '该区域没有当前密钥可用的规格。',
  withdrawn: '显示已下线的规格',
  vcpusFrom: '最少 vCPU',
  vcpusTo: '最多 vCPU',
  memoryFrom: '最小内存（GiB）',
  memoryTo: '最大内存（GiB）',
  columns: {
    name: '名称',
    vcpus: 'vCPU',
    memory: '内存',
    ratio: '每 vCPU 内存（GiB）',
    family: '规格族',
    kind: '类型',
    architecture: '架构',
    sale: '售卖状态',
    zones: '在售可用区',
    soldOut: '售罄可用区',
  },
  sales: {
    normal: '在售',
    promotion: '推荐',
    sellout: '售罄',
    obt: '公测',
    obt_sellout: '公测售罄',
    abandon: '已下线',
  },
  chart: {
    title: 'vCPU 与内存',
    show: '显示图表',
    hide: '隐藏图表',
    vcpus: 'vCPU',
    memory: '内存（GiB）',
    onSale: '在售',
    notOnSale: '售罄或已下线',
    hint: '选择一个点可查看对应的规格。下方表格包含全部内容。',
    label: (types, vcpus, memory) =>
      `${types} 种规格的 vCPU 与内存散点图：${vcpus} vCPU，${memory}。下方表格包含相同内容。`,
    point: (names, more) => (more === '0' ? names : `${names} 等，另有 ${more} 种`),
  },
}
