import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { choice, listParams, text, searchParams } from '../../parts/searchParams.ts'
import { rootRoute } from '../../shell/root.ts'
import { campaignStates, targetStates } from './states.ts'

const campaignsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns',
  validateSearch: searchParams({ ...listParams, state: choice(campaignStates) }),
  component: lazyRouteComponent(() => import('./Campaigns.tsx'), 'Campaigns'),
})

const newCampaignRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns/new',
  validateSearch: searchParams({ filter: text, group: text, service: text }),
  component: lazyRouteComponent(() => import('./NewCampaign.tsx'), 'NewCampaign'),
})

const campaignRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/campaigns/$id',
  validateSearch: searchParams({ ...listParams, targets: choice(targetStates) }),
  component: lazyRouteComponent(() => import('./CampaignPage.tsx'), 'CampaignPage'),
})

export const campaignRoutes = [campaignsRoute, newCampaignRoute, campaignRoute] as const
