import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const catalogueRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/catalogue',
    validateSearch: searchParams({
      category: text,
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Catalogue.tsx'), 'Catalogue'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/catalogue/$service',
    validateSearch: searchParams({ household: text }),
    component: lazyRouteComponent(() => import('./CatalogueService.tsx'), 'CatalogueService'),
  }),
] as const
