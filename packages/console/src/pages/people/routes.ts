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

export const peopleRoutes = [peopleRoute, personRoute] as const
