import { Button, Skeleton, Stack } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { common } from '#words/common.ts'
import { directories } from '#words/directories.ts'
import { api } from '../../../api/client.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { CopyText } from '../../../parts/CopyText.tsx'
import { Facts } from '../../../parts/Facts.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { useDialog } from '../../../parts/useDialog.tsx'
import { Frame } from '../Frame.tsx'
import { ChangeDirectory, RemoveDirectory, SwitchDirectory } from './DirectoryDialogs.tsx'
import { draftOf, type Directory } from './draft.ts'
import { TestLookUp } from './TestLookUp.tsx'

const route = getRouteApi('/settings/directories/$id')
const words = directories.page

/** One directory: how it is asked, and what it answers. */
export function DirectoryPage() {
  const { id } = route.useParams()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'change' | 'switch' | 'remove'>()
  const read = useQuery({
    queryKey: ['directory', id],
    queryFn: async () => {
      const got = await api.GET('/api/v1/directories/{id}', { params: { path: { id } } })
      return { directory: answer(got), etag: got.response.headers.get('etag') ?? '*' }
    },
  })
  useLiveRefresh({ types: ['directory.*'], subject: id }, ['directory', id])
  if (read.error) return <Fault error={read.error} retry={() => void read.refetch()} />
  if (read.data === undefined) return <Skeleton height={200} />
  const { directory, etag } = read.data
  return (
    <Frame
      title={directory.name}
      beside={<StateBadge state={directory.disabled ? 'disabled' : 'active'} />}
      above={[{ to: '/settings/directories', label: directories.title }]}
      actions={
        isOperator && (
          <>
            <Button variant="default" onClick={() => dialog.open('change')}>
              {words.change}
            </Button>
            <Button variant="default" onClick={() => dialog.open('switch')}>
              {directory.disabled ? words.enable : words.disable}
            </Button>
            <Button variant="light" color="red" onClick={() => dialog.open('remove')}>
              {words.remove}
            </Button>
          </>
        )
      }
    >
      <Stack gap="xl">
        <Facts facts={factsOf(directory)} />
        {isOperator && <TestLookUp id={id} />}
      </Stack>
      {dialog.when('change', () => (
        <ChangeDirectory directory={directory} etag={etag} onClose={dialog.close} />
      ))}
      {dialog.when('switch', () => (
        <SwitchDirectory directory={directory} etag={etag} onClose={dialog.close} />
      ))}
      {dialog.when('remove', () => (
        <RemoveDirectory directory={directory} onClose={dialog.close} />
      ))}
    </Frame>
  )
}

function factsOf(directory: Directory): [string, ReactNode][] {
  const { facts } = words
  const { id, kind, url, settings, createdAt } = directory
  const draft = draftOf(directory)
  const parts = Object.values((settings['attributes'] ?? {}) as Record<string, string | null>)
  return [
    [facts.id, <CopyText key="id" text={id} />],
    [facts.kind, directories.kinds[kind]],
    [facts.url, url],
    ...(kind === 'ldap'
      ? ([
          [facts.startTls, draft.startTls ? common.yes : common.no],
          [facts.bindDn, draft.bindDn || words.nobody],
          [facts.base, draft.base],
          [facts.filter, draft.filter],
        ] as [string, ReactNode][])
      : ([
          [facts.items, draft.items],
          [facts.entryUrl, draft.entryUrl],
        ] as [string, ReactNode][])),
    [facts.parts, parts.filter((part) => part !== null).join(', ')],
    [facts.timeout, words.seconds(draft.timeoutSeconds)],
    [facts.cache, words.seconds(draft.cacheSeconds)],
    [facts.made, <Time key="made" at={createdAt} />],
  ]
}
