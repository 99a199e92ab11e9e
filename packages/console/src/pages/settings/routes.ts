import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const paged = searchParams({ cursor: text })

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./OwnAccount.tsx'), 'OwnAccount'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/accounts',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Accounts.tsx'), 'Accounts'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/invitations',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Invitations.tsx'), 'Invitations'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/keys',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Keys.tsx'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/webhooks',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./webhooks/Webhooks.tsx'), 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/webhooks/$id',
    validateSearch: searchParams({ cursor: text, outcome: choice(['failed']) }),
    component: lazyRouteComponent(() => import('./webhooks/Webhook.tsx'), 'Webhook'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/providers',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Providers.tsx'), 'Providers'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/scim',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Scim.tsx'), 'Scim'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/directories',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./directories/Directories.tsx'), 'Directories'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/directories/$id',
    component: lazyRouteComponent(() => import('./directories/DirectoryPage.tsx'), 'DirectoryPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/attributes',
    component: lazyRouteComponent(() => import('./Attributes.tsx'), 'Attributes'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/tenants',
    validateSearch: paged,
    component: lazyRouteComponent(() => import('./Tenants.tsx'), 'Tenants'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/trust',
    component: lazyRouteComponent(() => import('./Trust.tsx'), 'Trust'),
  }),
] as const
