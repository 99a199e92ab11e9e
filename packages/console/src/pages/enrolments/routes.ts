import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, text, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'
import { enrolmentTabs, ticketStates } from './tabs.ts'

const enrolmentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/enrolments',
  validateSearch: searchParams({
    ...listParams,
    tab: choice(enrolmentTabs),
    state: choice(ticketStates),
    /** Of claims; a claim is made for it. */
    household: text,
  }),
  component: lazyRouteComponent(() => import('./Enrolments.tsx'), 'Enrolments'),
})

export const enrolmentRoutes = [enrolmentsRoute] as const
