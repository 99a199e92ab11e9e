import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: searchParams({
    /** Of the operators’ charts. */
    span: choice(['day', 'month']),
  }),
  component: lazyRouteComponent(() => import('./Home.tsx'), 'Home'),
})

export const homeRoutes = [homeRoute] as const
