import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { answer } from '@sutler/client'
import { api } from '../api/client.ts'
import { meQuery, sessionLost } from '../api/session.ts'

const SignInDialog = lazy(() => import('./SignInDialog.tsx'))

/** Over the page when the session is over: what was typed in it stays, and can be sent afterwards. */
export function SignInAgain({ name }: { name: string }) {
  const isLost = sessionLost.useIsLost()
  const client = useQueryClient()
  useEffect(() => {
    if (!isLost) return undefined
    // Somebody may have logged in again in another window: by an identity provider, say.
    const look = async (): Promise<void> => {
      try {
        client.setQueryData(meQuery.queryKey, answer(await api.GET('/api/v1/me')))
        sessionLost.clear()
        await client.invalidateQueries()
      } catch {
        // Not yet.
      }
    }
    const listener = (): void => void look()
    window.addEventListener('focus', listener)
    return () => window.removeEventListener('focus', listener)
  }, [isLost, client])
  return <Suspense>{isLost && <SignInDialog name={name} />}</Suspense>
}
