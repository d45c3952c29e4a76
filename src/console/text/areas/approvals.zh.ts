import type { Words } from '../words.ts'
import type { approvalsEn } from './approvals.en.ts'

export const approvalsZh: Words<typeof approvalsEn> = {
  title: '审批',
  description: '智能体想对您的云服务器执行、但须经您同意的操作。每项请求等待两分钟。',
  waiting: '待审批',
  none: '没有待审批的请求',
  noneHint: '使用本网关的智能体在创建、关机、重启或删除云服务器之前，会在此请求审批。页面每隔几秒自动查询。',
  connect:
    '服务以 HCA_MCP_WRITES=on 启动时，智能体才可执行写操作。接入智能体时，请使用地址 /mcp，并为其单独创建令牌：',
  tokenTitle: '令牌不能审批',
  token: '智能体持有的正是令牌，因此任何令牌都不能查看或给予审批。请使用该令牌对应的访问密钥登录。',
  signIn: '使用访问密钥登录',
  asks: {
    create: {
      one: (region) => `在${region}创建 1 台云服务器`,
      many: (count, region) => `在${region}创建 ${count} 台云服务器`,
    },
    stop: {
      one: (region) => `关闭${region}的 1 台云服务器`,
      many: (count, region) => `关闭${region}的 ${count} 台云服务器`,
    },
    reboot: {
      one: (region) => `重启${region}的 1 台云服务器`,
      many: (count, region) => `重启${region}的 ${count} 台云服务器`,
    },
    terminate: {
      one: (region) => `永久删除${region}的 1 台云服务器`,
      many: (count, region) => `永久删除${region}的 ${count} 台云服务器`,
    },
  },
  askedBy: '请求方',
  withToken: '令牌',
  withKeys: '直接使用您的访问密钥',
  left: (time) => `剩余 ${time}`,
  instances: '涉及的云服务器',
  approve: '批准…',
  decline: '拒绝',
  decideOn: (decision, what) => `${decision}：${what}`,
  own: '该智能体直接使用了您的访问密钥，因此它可以冒充您审批。请为它单独创建令牌，此后它的请求即可在此审批。',
  confirmTitle: '批准此请求？',
  confirmWhat: '智能体只可执行这一项操作，仅一次，且须在两分钟内完成。',
  confirm: '批准',
  ended: '已处理',
  ends: {
    approve: '已批准：智能体可执行一次。',
    decline: '已拒绝：智能体会得到通知。',
    late: '已超过两分钟，审批失效。智能体可重新请求。',
    used: '此前已在别处处理。',
    gone: '不再等待：已超时，或已在别处处理。',
  },
  announce: (count) => `待审批：${count}`,
}
