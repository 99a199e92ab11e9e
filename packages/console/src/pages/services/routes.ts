import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { catch as catching, enum as oneOf, object, optional, string } from 'zod/mini'
import { rootRoute } from '../../shell/root.ts'

const text = catching(optional(string()), undefined)

export const serviceRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services',
    validateSearch: object({ category: text, cursor: text }),
    component: lazyRouteComponent(() => import('./Services.tsx'), 'Services'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services/$service',
    validateSearch: object({
      tab: catching(optional(oneOf(['versions', 'relations', 'adoption'])), undefined),
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Service.tsx'), 'Service'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/services/$service/$version',
    validateSearch: object({ component: text, cursor: text }),
    component: lazyRouteComponent(() => import('./Version.tsx'), 'Version'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/releases',
    validateSearch: object({ state: catching(optional(oneOf(['waiting', 'all'])), undefined), cursor: text }),
    component: lazyRouteComponent(() => import('./Releases.tsx'), 'Releases'),
  }),
] as const
