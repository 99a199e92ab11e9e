import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { listParams, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const importsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./Transfers.tsx'), 'Transfers'),
})

export const transferRoutes = [importsRoute] as const
