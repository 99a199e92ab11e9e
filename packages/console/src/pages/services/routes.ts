import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const serviceRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services',
    validateSearch: searchParams({ category: text, cursor: text }),
    component: lazyRouteComponent(() => import('./Services.tsx'), 'Services'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services/$service',
    validateSearch: searchParams({
      tab: choice(['versions', 'relations', 'adoption']),
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Service.tsx'), 'Service'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services/$service/$version',
    validateSearch: searchParams({ component: text, cursor: text }),
    component: lazyRouteComponent(() => import('./Version.tsx'), 'Version'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/releases',
    validateSearch: searchParams({ state: choice(['waiting', 'all']), cursor: text }),
    component: lazyRouteComponent(() => import('./Releases.tsx'), 'Releases'),
  }),
] as const
