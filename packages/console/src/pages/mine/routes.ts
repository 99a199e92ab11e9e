import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const ofHousehold = searchParams({ household: text })

export const mineRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/mine',
    validateSearch: ofHousehold,
    component: lazyRouteComponent(() => import('./Mine.tsx'), 'Mine'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/mine/preferences',
    validateSearch: ofHousehold,
    component: lazyRouteComponent(() => import('./Preferences.tsx'), 'Preferences'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/mine/consents',
    validateSearch: searchParams({
      household: text,
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Consents.tsx'), 'Consents'),
  }),
] as const
