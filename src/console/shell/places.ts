import {
  IconAppWindow,
  IconChartBar,
  IconCpu,
  IconFlask,
  IconLayoutDashboard,
  IconNetwork,
  IconServer,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { Catalog } from '../text/en.ts'

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
  { path: '/sandbox', label: 'sandbox', icon: IconFlask, isSandboxOnly: true },
]

interface Screen {
  path: string
  page: ComponentType
  isSandboxOnly?: boolean
}

/** The first that fits is shown. */
export const screens: readonly Screen[] = [
  { path: '/', page: lazy(() => import('../pages/overview/page.tsx')) },
  { path: '/instances', page: lazy(() => import('../pages/instances/page.tsx')) },
  { path: '/instances/new', page: lazy(() => import('../pages/create/page.tsx')) },
  { path: '/instances/:region/:id', page: lazy(() => import('../pages/instance/page.tsx')) },
  { path: '/images', page: lazy(() => import('../pages/images/page.tsx')) },
  { path: '/instance-types', page: lazy(() => import('../pages/instance-types/page.tsx')) },
  { path: '/networks', page: lazy(() => import('../pages/networks/page.tsx')) },
  { path: '/quotas', page: lazy(() => import('../pages/quotas/page.tsx')) },
  { path: '/sandbox', page: lazy(() => import('../pages/sandbox/page.tsx')), isSandboxOnly: true },
]
