import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, text, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'

const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  validateSearch: searchParams({ ...listParams, state: choice(['running', 'done', 'cancelled', 'failed']) }),
  component: lazyRouteComponent(() => import('./Operations.tsx'), 'Operations'),
})

const newOperationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations/new',
  validateSearch: searchParams({ filter: text, group: text }),
  component: lazyRouteComponent(() => import('./NewOperation.tsx'), 'NewOperation'),
})

const operationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations/$id',
  validateSearch: searchParams(listParams),
  component: lazyRouteComponent(() => import('./OperationPage.tsx'), 'OperationPage'),
})

export const operationRoutes = [operationsRoute, newOperationRoute, operationRoute] as const
