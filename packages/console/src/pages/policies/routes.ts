import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const policyRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/policies',
    validateSearch: searchParams({
      tab: choice(['policies', 'firings', 'approvals', 'preferences']),
      state: text,
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Policies.tsx'), 'Policies'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/policies/new',
    component: lazyRouteComponent(() => import('./PolicyEditor.tsx'), 'NewPolicy'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/policies/$policy',
    validateSearch: searchParams({ version: text, cursor: text }),
    component: lazyRouteComponent(() => import('./Policy.tsx'), 'Policy'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/policies/$policy/edit',
    component: lazyRouteComponent(() => import('./PolicyEditor.tsx'), 'NextPolicy'),
  }),
] as const
