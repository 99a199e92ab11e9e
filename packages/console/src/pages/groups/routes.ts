import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { listParams, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./Groups.tsx'), 'Groups'),
})

const groupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups/$id',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./GroupPage.tsx'), 'GroupPage'),
})

export const groupRoutes = [groupsRoute, groupRoute] as const
