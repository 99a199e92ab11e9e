import { Button, Center, Loader, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { shell } from '#words/shell.ts'
import { startLive } from '../api/live.ts'
import { meQuery, PrincipalContext, useMe } from '../api/session.ts'
import { Fault } from '../parts/Fault.tsx'
import { SignInAgain } from './SignInAgain.tsx'
import { SignInPage } from './SignInPage.tsx'

/** Shows the console to whoever is logged in, and the log-in to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { principal, fault } = useMe()
  const client = useQueryClient()
  const isIn = principal !== undefined && principal !== null
  useEffect(() => {
    if (isIn) startLive()
  }, [isIn])
  if (principal === null) return <SignInPage />
  if (principal === undefined)
    return (
      <Center mih="100vh" p="md">
        {fault === null ? (
          <Loader />
        ) : (
          <Stack>
            <Title order={1}>{shell.unreachable.title}</Title>
            <Fault error={fault} />
            <Button onClick={() => void client.refetchQueries(meQuery)}>{shell.unreachable.retry}</Button>
          </Stack>
        )}
      </Center>
    )
  return (
    <PrincipalContext value={principal}>
      {children}
      <SignInAgain name={principal.name} />
    </PrincipalContext>
  )
}
