import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, text, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'
import { orderStates, deliveryStates } from './states.ts'

const stage = choice(['open', 'over'])
const made = choice(['1h', '24h', '7d', '30d'])

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders',
  validateSearch: searchParams({
    ...listParams,
    state: choice(orderStates),
    stage,
    made,
    jeopardy: choice(['amber', 'red']),
    origin: choice(['person', 'system', 'policy', 'campaign']),
    household: text,
    service: text,
    device: text,
  }),
  component: lazyRouteComponent(() => import('./Orders.tsx'), 'Orders'),
})

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('./OrderPage.tsx'), 'OrderPage'),
})

const deliveriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/deliveries',
  validateSearch: searchParams({
    ...listParams,
    state: choice(deliveryStates),
    stage,
    made,
    service: text,
    household: text,
  }),
  component: lazyRouteComponent(() => import('./Deliveries.tsx'), 'Deliveries'),
})

export const orderRoutes = [ordersRoute, orderRoute, deliveriesRoute] as const
