import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, text, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'
import { deviceTabs } from './tabs.ts'

const devicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices',
  validateSearch: searchParams({
    ...listParams,
    /** What was typed: words, or a condition. */
    q: text,
    class: choice(['set-top-box', 'phone', 'gateway']),
    columns: text,
  }),
  component: lazyRouteComponent(() => import('./Devices.tsx'), 'Devices'),
})

const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/devices/$id',
  validateSearch: searchParams({ ...listParams, tab: choice(deviceTabs), service: text }),
  component: lazyRouteComponent(() => import('./page/DevicePage.tsx'), 'DevicePage'),
})

export const deviceRoutes = [devicesRoute, deviceRoute] as const
