import { Anchor, AppShell, Box, Burger, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { shell } from '#words/shell.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Mark } from './Mark.tsx'
import { Navigation } from './Navigation.tsx'
import { Profile } from './Profile.tsx'
import { SearchButton } from './search/SearchButton.tsx'

/** The frame of all pages. */
export function Layout() {
  const [isOpen, { toggle, close }] = useDisclosure()
  const { pathname } = useLocation()
  useEffect(close, [pathname, close])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a className="skip" href="#page">
        {shell.skip}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={shell.openNavigation} />
            <Anchor component={Link} to="/" underline="never" c="inherit" aria-label={shell.product}>
              <Group gap="xs" wrap="nowrap">
                <Mark />
                <Text fw={700} visibleFrom="xs">
                  {shell.product}
                </Text>
              </Group>
            </Anchor>
          </Group>
          <Group gap="sm" wrap="nowrap">
            <SearchButton />
            <Profile />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={shell.navigation}>
        <Navigation />
      </AppShell.Navbar>
      {/* Within the router: what has come of something links to it. */}
      <Notifications position="bottom-right" limit={4} autoClose={8000} />
      <AppShell.Main>
        <ConnectionBanner />
        <Box id="page" tabIndex={-1} maw="90rem" mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  )
}
