import { AppShell, NavLink, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { usePrincipal } from '../api/session.ts'
import { navigationFor } from './navigation.ts'

export function Navigation() {
  const principal = usePrincipal()
  const { pathname } = useLocation()
  const sections = navigationFor(principal)
  // The nearest one above the page, where several are.
  const at = sections
    .flatMap(({ items }) => items.map(({ to }) => to))
    .filter((to) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .toSorted((a, b) => b.length - a.length)[0]
  return (
    <AppShell.Section grow style={{ overflowY: 'auto' }}>
      {sections.map(({ label, items }) => (
        <div key={label} role="group" aria-label={label}>
          {items.length > 1 && (
            <Text size="xs" fw={650} c="dimmed" px="sm" pt="md" pb={4}>
              {label}
            </Text>
          )}
          {items.map(({ to, label: name, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={name}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              active={to === at}
              aria-current={to === at ? 'page' : undefined}
              variant="light"
              py={6}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
        </div>
      ))}
    </AppShell.Section>
  )
}
