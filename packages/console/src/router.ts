import { createRouter } from '@tanstack/react-router'
import { homeRoutes } from './pages/home/routes.ts'
import { rootRoute } from './shell/root.ts'

/** All pages: each area lists its own. */
const routeTree = rootRoute.addChildren([...homeRoutes])

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
