import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const householdsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/households',
  validateSearch: searchParams({ ...listParams, kind: choice(['household', 'organisation']) }),
  component: lazyRouteComponent(() => import('./Households.tsx'), 'Households'),
})

const householdRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/households/$id',
  component: lazyRouteComponent(() => import('./HouseholdPage.tsx'), 'HouseholdPage'),
})

export const householdRoutes = [householdsRoute, householdRoute] as const
