import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** The pages that things have, by what they are. */
const pages = {
  device: '/devices/$id',
  household: '/households/$id',
  person: '/people/$id',
  group: '/groups/$id',
  userGroup: '/user-groups/$id',
  order: '/orders/$id',
  campaign: '/campaigns/$id',
  operation: '/operations/$id',
} as const

/** A link to the page of a thing. */
export function RowLink({ to, id, children }: { to: keyof typeof pages; id: string; children: ReactNode }) {
  return (
    <Link className="line-link" to={pages[to]} params={{ id }}>
      {children}
    </Link>
  )
}
