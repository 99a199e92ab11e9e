import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { people } from '#words/households.ts'
import { userGroups } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { CopyText } from '../../parts/CopyText.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { ChangeUserGroup } from './ChangeUserGroup.tsx'
import { AddMembers, givenBy, RemoveMember } from './MemberDialogs.tsx'

const route = getRouteApi('/user-groups/$id')
const words = userGroups.page

type UserGroup = Schemas['UserGroup']
interface Member {
  readonly id: string
  readonly name: string
}

/** A group of people: what it gives, and who is in it. */
export function UserGroupPage() {
  const { id } = route.useParams()
  const mayChange = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'change' | 'add' | 'delete'>()
  const group = useQuery({
    queryKey: ['user-group', id, 'itself'],
    queryFn: async () => {
      const read = await api.GET('/api/v1/user-groups/{id}', { params: { path: { id } } })
      return { ...answer(read), etag: read.response.headers.get('etag') ?? '*' }
    },
  })
  useLiveRefresh({ types: ['user-group.*'], subject: id }, ['user-group', id])
  if (group.error) return <Fault error={group.error} retry={() => void group.refetch()} />
  if (group.data === undefined) return <Skeleton height={200} />
  const { etag, ...shown } = group.data
  const above = [
    { to: '/people', label: people.title },
    { to: '/user-groups', label: userGroups.title },
  ]
  return (
    <>
      <PageHeader title={shown.name} above={above}>
        {mayChange && (
          <>
            <Button variant="default" onClick={() => dialog.open('add')}>
              {words.addMembers}
            </Button>
            <Button variant="default" onClick={() => dialog.open('change')}>
              {words.change}
            </Button>
            <Button variant="light" color="red" onClick={() => dialog.open('delete')}>
              {words.delete}
            </Button>
          </>
        )}
      </PageHeader>
      <Stack gap="xl">
        {shown.externalId !== null && <Alert>{words.byScim}</Alert>}
        <GroupFacts group={shown} />
        <section>
          <Title order={2} mb="xs">
            {words.members}
          </Title>
          <Members group={shown} mayChange={mayChange} />
        </section>
      </Stack>
      {dialog.when('change', () => (
        <ChangeUserGroup group={shown} etag={etag} onClose={dialog.close} />
      ))}
      {dialog.when('add', () => (
        <AddMembers group={shown} onClose={dialog.close} />
      ))}
      {dialog.when('delete', () => (
        <Delete group={shown} onClose={dialog.close} />
      ))}
    </>
  )
}

function GroupFacts({ group }: { group: UserGroup }) {
  const { facts } = words
  return (
    <Facts
      facts={[
        [facts.id, <CopyText key="id" text={group.id} />],
        [facts.roles, givenBy(group)],
        [facts.kept, group.externalId === null ? userGroups.kept.hand : userGroups.kept.scim],
        [facts.external, group.externalId],
        [facts.made, <Time key="made" at={group.createdAt} />],
        [facts.changed, <Time key="changed" at={group.changedAt} />],
      ]}
    />
  )
}

function Members({ group, mayChange }: { group: UserGroup; mayChange: boolean }) {
  const { id } = group
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [gone, setGone] = useState<Member | null>(null)
  const list = usePage(['user-group', id, 'members', cursor], async () => {
    const params = { path: { id }, query: { ...(cursor && { cursor }) } }
    return answer(await api.GET('/api/v1/user-groups/{id}/members', { params }))
  })
  const columns: readonly Column<Member>[] = [
    {
      id: 'name',
      header: userGroups.columns.name,
      cell: (each) => (
        <RowLink to="person" id={each.id}>
          {each.name}
        </RowLink>
      ),
    },
    {
      id: 'act',
      header: userGroups.columns.act,
      cell: (each) => (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => setGone(each)}
          aria-label={`${words.remove}: ${each.name}`}
        >
          {words.remove}
        </Button>
      ),
    },
  ]
  return (
    <>
      <DataTable
        label={words.members}
        columns={mayChange ? columns : columns.slice(0, 1)}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      {gone !== null && <RemoveMember group={group} member={gone} onClose={() => setGone(null)} />}
    </>
  )
}

function Delete({ group, onClose }: { group: UserGroup; onClose: () => void }) {
  const { id, name } = group
  const navigate = useNavigate()
  const remove = useAction({
    run: async () => answer(await api.DELETE('/api/v1/user-groups/{id}', { params: { path: { id } } })),
    done: () => words.deleted(name),
    changes: [['user-groups']],
    onDone: () => void navigate({ to: '/user-groups' }),
  })
  return (
    <Confirm
      title={words.deleteTitle(name)}
      verb={words.delete.replace('…', '')}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.deleteText(givenBy(group))}</Text>
    </Confirm>
  )
}
