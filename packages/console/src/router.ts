import { createRouter } from '@tanstack/react-router'
import { catalogueRoutes } from './pages/catalogue/routes.ts'
import { homeRoutes } from './pages/home/routes.ts'
import { instanceRoutes } from './pages/instances/routes.ts'
import { mineRoutes } from './pages/mine/routes.ts'
import { modelRoutes } from './pages/models/routes.ts'
import { serviceRoutes } from './pages/services/routes.ts'
import { rootRoute } from './shell/root.ts'

/** All pages: each area lists its own. */
const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...catalogueRoutes,
  ...mineRoutes,
  ...serviceRoutes,
  ...modelRoutes,
  ...instanceRoutes,
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
