import { createRouter } from '@tanstack/react-router'
import { auditRoutes } from './pages/audit/routes.ts'
import { catalogueRoutes } from './pages/catalogue/routes.ts'
import { homeRoutes } from './pages/home/routes.ts'
import { instanceRoutes } from './pages/instances/routes.ts'
import { mineRoutes } from './pages/mine/routes.ts'
import { modelRoutes } from './pages/models/routes.ts'
import { policyRoutes } from './pages/policies/routes.ts'
import { serviceRoutes } from './pages/services/routes.ts'
import { campaignRoutes } from './pages/campaigns/routes.ts'
import { deviceRoutes } from './pages/devices/routes.ts'
import { enrolmentRoutes } from './pages/enrolments/routes.ts'
import { groupRoutes } from './pages/groups/routes.ts'
import { householdRoutes } from './pages/households/routes.ts'
import { mergingRoutes } from './pages/merging/routes.ts'
import { operationRoutes } from './pages/operations/routes.ts'
import { orderRoutes } from './pages/orders/routes.ts'
import { peopleRoutes } from './pages/people/routes.ts'
import { transferRoutes } from './pages/transfers/routes.ts'
import { userGroupRoutes } from './pages/user-groups/routes.ts'
import { settingsRoutes } from './pages/settings/routes.ts'
import { searchRoutes } from './pages/search/routes.ts'
import { rootRoute } from './shell/root.ts'

/** All pages: each area lists its own. */
const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...searchRoutes,
  ...deviceRoutes,
  ...householdRoutes,
  ...peopleRoutes,
  ...mergingRoutes,
  ...groupRoutes,
  ...userGroupRoutes,
  ...enrolmentRoutes,
  ...orderRoutes,
  ...campaignRoutes,
  ...operationRoutes,
  ...transferRoutes,
  ...catalogueRoutes,
  ...mineRoutes,
  ...serviceRoutes,
  ...modelRoutes,
  ...instanceRoutes,
  ...policyRoutes,
  ...auditRoutes,
  ...settingsRoutes,
])

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
