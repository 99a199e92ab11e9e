import { Box, NavLink } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { directories } from '#words/directories.ts'
import { scim } from '#words/scim.ts'
import { settings } from '#words/settings.ts'
import { hasRole, type Principal, usePrincipal } from '../../api/session.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import classes from './frame.module.css'

interface Section {
  readonly to: string
  readonly label: string
  readonly isFor?: (principal: Principal) => boolean
}

const overseers = (principal: Principal): boolean => hasRole(principal, 'operator', 'auditor')
const installation = (principal: Principal): boolean => overseers(principal) && principal.tenant === 'main'

const sections: readonly Section[] = [
  { to: '/settings', label: settings.sections.account },
  { to: '/settings/accounts', label: settings.sections.accounts, isFor: overseers },
  { to: '/settings/invitations', label: settings.sections.invitations, isFor: overseers },
  { to: '/settings/keys', label: settings.sections.keys },
  { to: '/settings/webhooks', label: settings.sections.webhooks },
  { to: '/settings/providers', label: settings.sections.providers, isFor: overseers },
  { to: '/settings/scim', label: scim.title, isFor: overseers },
  { to: '/settings/directories', label: directories.title, isFor: overseers },
  { to: '/settings/attributes', label: settings.sections.attributes, isFor: overseers },
  { to: '/settings/tenants', label: settings.sections.tenants, isFor: installation },
  { to: '/settings/trust', label: settings.sections.trust },
]

interface FrameProps {
  readonly title: string
  readonly text?: ReactNode
  readonly beside?: ReactNode
  readonly above?: readonly { readonly to: string; readonly label: string }[]
  /** What can be done here. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page of the settings, beside the list of all of them. */
export function Frame({ actions, children, ...header }: FrameProps) {
  const principal = usePrincipal()
  const { pathname } = useLocation()
  const here = (to: string): boolean => pathname === to || (to !== '/settings' && pathname.startsWith(`${to}/`))
  return (
    <div className={classes['frame']}>
      <nav aria-label={settings.navigation} className={classes['sections']}>
        {sections
          .filter(({ isFor }) => isFor === undefined || isFor(principal))
          .map(({ to, label }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              activeOptions={{ exact: true }}
              label={label}
              active={here(to)}
              aria-current={here(to) ? 'page' : undefined}
              variant="subtle"
              className={classes['section']}
            />
          ))}
      </nav>
      <Box miw={0}>
        <PageHeader {...header}>{actions}</PageHeader>
        {children}
      </Box>
    </div>
  )
}
