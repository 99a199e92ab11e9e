import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const paged = searchParams({ cursor: text })

export const userGroupRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/user-groups',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./UserGroups.tsx'), 'UserGroups'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/user-groups/$id',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./UserGroupPage.tsx'), 'UserGroupPage'),
  }),
] as const
