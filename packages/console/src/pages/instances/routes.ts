import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

/** What is listed. */
export const instancesSearch = searchParams({
  model: text,
  version: text,
  state: text,
  data: text,
  show: choice(['running', 'ended', 'all']),
  attention: choice(['true']),
  cursor: text,
})

export const instanceRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/instances',
    validateSearch: instancesSearch,
    component: lazyRouteComponent(() => import('./Instances.tsx'), 'Instances'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/instances/$model/$id',
    // The entry of its history that is looked back at.
    validateSearch: searchParams({ step: text }),
    component: lazyRouteComponent(() => import('./Instance.tsx'), 'Instance'),
  }),
] as const
