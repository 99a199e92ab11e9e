import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const auditRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/audit',
    validateSearch: searchParams({
      tab: choice(['rows', 'heads', 'verify']),
      principal: text,
      action: text,
      about: text,
      since: text,
      sort: choice(['oldest']),
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Audit.tsx'), 'Audit'),
  }),
] as const
