import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { catch as catching, object, optional, string } from 'zod/mini'
import { rootRoute } from '../../shell/root.ts'

export const catalogueRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/catalogue',
    validateSearch: object({
      category: catching(optional(string()), undefined),
      cursor: catching(optional(string()), undefined),
    }),
    component: lazyRouteComponent(() => import('./Catalogue.tsx'), 'Catalogue'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/catalogue/$service',
    validateSearch: object({ household: catching(optional(string()), undefined) }),
    component: lazyRouteComponent(() => import('./CatalogueService.tsx'), 'CatalogueService'),
  }),
] as const
