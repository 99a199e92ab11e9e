import { home } from '#words/home.ts'
import { usePrincipal } from '../../api/session.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'

export function Home() {
  const { name } = usePrincipal()
  return <PageHeader title={home.title(name)} />
}
