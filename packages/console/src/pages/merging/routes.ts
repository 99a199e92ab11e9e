import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const mergingRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/duplicates',
    validateSearch: searchParams({ of: choice(['users', 'households']), cursor: text }),
    component: lazyRouteComponent(() => import('./Duplicates.tsx'), 'Duplicates'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/duplicates/$of/$id/$from',
    component: lazyRouteComponent(() => import('./MergePage.tsx'), 'MergePage'),
  }),
] as const
