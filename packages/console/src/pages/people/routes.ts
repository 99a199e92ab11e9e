import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { listParams, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./People.tsx'), 'People'),
})

const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/$id',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./PersonPage.tsx'), 'PersonPage'),
})

const erasureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/$id/erasure',
  component: lazyRouteComponent(() => import('./ErasurePage.tsx'), 'ErasurePage'),
})

export const peopleRoutes = [peopleRoute, personRoute, erasureRoute] as const
