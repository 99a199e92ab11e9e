import { Skeleton } from '@mantine/core'
import { lazy, Suspense, type ComponentType } from 'react'
import { home } from '#words/home.ts'
import { hasRole, usePrincipal, type Role } from '../../api/session.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'

/** The first page, by role: of several roles the first one here counts. */
const homes: readonly (readonly [roles: readonly Role[], page: ComponentType])[] = [
  [['operator', 'auditor'], lazy(async () => ({ default: (await import('./overview/Overview.tsx')).Overview }))],
]

export function Home() {
  const principal = usePrincipal()
  const Page = homes.find(([roles]) => hasRole(principal, ...roles))?.[1]
  if (Page === undefined) return <PageHeader title={home.title(principal.name)} />
  return (
    <Suspense fallback={<Skeleton height={320} />}>
      <Page />
    </Suspense>
  )
}
