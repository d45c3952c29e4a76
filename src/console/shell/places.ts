import {
  IconAppWindow,
  IconChartBar,
  IconCpu,
  IconFlask,
  IconLayoutDashboard,
  IconNetwork,
  IconServer,
  IconUserCheck,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Catalog } from '../text/en.ts'
import { lazyPage } from './lazy-page.ts'

interface Place {
  path: string
  label: keyof Catalog['shell']
  icon: typeof IconServer
  /** For the sandbox keys alone. */
  isSandboxOnly?: boolean
}

export const places: readonly Place[] = [
  { path: '/', label: 'overview', icon: IconLayoutDashboard },
  { path: '/instances', label: 'instances', icon: IconServer },
  { path: '/images', label: 'images', icon: IconAppWindow },
  { path: '/instance-types', label: 'instanceTypes', icon: IconCpu },
  { path: '/networks', label: 'networks', icon: IconNetwork },
  { path: '/quotas', label: 'quotas', icon: IconChartBar },
  { path: '/approvals', label: 'approvals', icon: IconUserCheck },
  { path: '/sandbox', label: 'sandbox', icon: IconFlask, isSandboxOnly: true },
]

interface Screen {
  path: string
  page: ComponentType
  isSandboxOnly?: boolean
}

/** The first that fits is shown. */
export const screens: readonly Screen[] = [
  { path: '/', page: lazyPage(() => import('../pages/overview/page.tsx')) },
  { path: '/instances', page: lazyPage(() => import('../pages/instances/page.tsx')) },
  { path: '/instances/new', page: lazyPage(() => import('../pages/create/page.tsx')) },
  { path: '/instances/:region/:id', page: lazyPage(() => import('../pages/instance/page.tsx')) },
  { path: '/images', page: lazyPage(() => import('../pages/images/page.tsx')) },
  { path: '/instance-types', page: lazyPage(() => import('../pages/instance-types/page.tsx')) },
  { path: '/networks', page: lazyPage(() => import('../pages/networks/page.tsx')) },
  { path: '/quotas', page: lazyPage(() => import('../pages/quotas/page.tsx')) },
  { path: '/approvals', page: lazyPage(() => import('../pages/approvals/page.tsx')) },
  { path: '/sandbox', page: lazyPage(() => import('../pages/sandbox/page.tsx')), isSandboxOnly: true },
]
