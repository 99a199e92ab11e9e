import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { choice, searchParams, text } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

export const modelRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models',
    validateSearch: searchParams({
      tab: choice(['versions', 'roles', 'drafts']),
      name: text,
      cursor: text,
    }),
    component: lazyRouteComponent(() => import('./Models.tsx'), 'Models'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models/$name/$version',
    validateSearch: searchParams({
      tab: choice(['pattern', 'changes']),
      against: text,
    }),
    component: lazyRouteComponent(() => import('./ModelVersion.tsx'), 'ModelVersion'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models/$name/edit',
    validateSearch: searchParams({ from: text }),
    component: lazyRouteComponent(() => import('./EditModel.tsx'), 'EditModel'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models/new',
    component: lazyRouteComponent(() => import('./NewModel.tsx'), 'NewModel'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models/$name/migrations',
    validateSearch: searchParams({ from: text, to: text, cursor: text }),
    component: lazyRouteComponent(() => import('./migrations/Migrations.tsx'), 'Migrations'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/models/$name/migrations/$id',
    validateSearch: searchParams({ cursor: text }),
    component: lazyRouteComponent(() => import('./migrations/Migration.tsx'), 'Migration'),
  }),
] as const
