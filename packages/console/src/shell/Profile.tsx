import { Button, Text, type ButtonProps } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { lazy, Suspense, useState, type ComponentPropsWithRef } from 'react'
import { shell } from '#words/shell.ts'
import { usePrincipal } from '../api/session.ts'

const ProfileMenu = lazy(() => import('./ProfileMenu.tsx'))

/** Opens the menu of whoever is logged in; the menu is loaded when it is wanted. */
export function Profile() {
  const [isWanted, setWanted] = useState(false)
  const { name } = usePrincipal()
  if (!isWanted) return <ProfileButton name={name} aria-haspopup="dialog" onClick={() => setWanted(true)} />
  return (
    <Suspense fallback={<ProfileButton name={name} loading />}>
      <ProfileMenu>
        <ProfileButton name={name} />
      </ProfileMenu>
    </Suspense>
  )
}

function ProfileButton({ name, ...rest }: { name: string } & ButtonProps & ComponentPropsWithRef<'button'>) {
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconUser size={18} aria-hidden />}
      aria-label={shell.profile(name)}
      {...rest}
    >
      <Text size="sm" truncate maw="10rem" visibleFrom="sm">
        {name}
      </Text>
    </Button>
  )
}
