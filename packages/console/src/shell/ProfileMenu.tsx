import { Button, Popover, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { IconBook2, IconLogout, IconUserCog } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { shell } from '#words/shell.ts'
import { logOut, usePrincipal } from '../api/session.ts'

const line = { variant: 'subtle', color: 'gray', justify: 'flex-start', fullWidth: true } as const

/** Who is logged in, how the console looks, and the way out. @param children what opens it */
export default function ProfileMenu({ children }: { children: ReactNode }) {
  const { name, roles } = usePrincipal()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { label, light, dark, auto } = shell.scheme
  return (
    <Popover position="bottom-end" width={260} defaultOpened trapFocus withinPortal={false} shadow="md">
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p="xs" aria-label={shell.profile(name)}>
        <Stack gap={2}>
          <Text size="xs" c="dimmed" px="sm" pb={4}>{`${name} · ${roles.join(', ')}`}</Text>
          <Button {...line} component="a" href="/login" leftSection={<IconUserCog size={16} aria-hidden />}>
            {shell.account}
          </Button>
          <Button
            {...line}
            component="a"
            href="/docs"
            target="_blank"
            leftSection={<IconBook2 size={16} aria-hidden />}
          >
            {shell.apiReference}
          </Button>
          <Button {...line} leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void logOut()}>
            {shell.logOut}
          </Button>
          <SegmentedControl
            mt="xs"
            fullWidth
            size="xs"
            aria-label={label}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            data={[
              { value: 'light', label: light },
              { value: 'dark', label: dark },
              { value: 'auto', label: auto },
            ]}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
