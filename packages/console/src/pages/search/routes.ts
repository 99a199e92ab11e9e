import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/search',
  validateSearch: searchParams({ q: text }),
  component: lazyRouteComponent(() => import('./Search.tsx'), 'Search'),
})

export const searchRoutes = [searchRoute] as const
