import { createRootRoute } from '@tanstack/react-router'
import { Layout } from './Layout.tsx'
import { NotFound } from './NotFound.tsx'
import { PageFault } from './PageFault.tsx'

/** What all pages are children of. */
export const rootRoute = createRootRoute({ component: Layout, notFoundComponent: NotFound, errorComponent: PageFault })
