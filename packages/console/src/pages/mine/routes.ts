import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { catch as catching, object, optional, string } from 'zod/mini'
import { rootRoute } from '../../shell/root.ts'

const ofHousehold = object({ household: catching(optional(string()), undefined) })

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
    validateSearch: object({
      household: catching(optional(string()), undefined),
      cursor: catching(optional(string()), undefined),
    }),
    component: lazyRouteComponent(() => import('./Consents.tsx'), 'Consents'),
  }),
] as const
