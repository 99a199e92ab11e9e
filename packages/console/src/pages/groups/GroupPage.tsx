import { Button, Code, Group, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { fleet } from '#words/fleet.ts'
import { groups } from '#words/groups.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Presence } from '../../parts/Presence.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { usePage } from '../../parts/usePage.ts'
import { GroupDialog } from './GroupDialog.tsx'

const groupRoute = getRouteApi('/groups/$id')

const words = groups.page
type Device = Schemas['Device']
type DeviceGroup = Schemas['DeviceGroup']

const columns: readonly Column<Device>[] = [
  {
    id: 'name',
    header: fleet.name,
    cell: (each) => (
      <RowLink to="device" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  { id: 'class', header: fleet.device, wide: true, cell: (each) => fleet.classes[each.class] },
  {
    id: 'presence',
    header: fleet.presence,
    cell: (each) => <Presence reachable={each.reachable} since={each.reachableChangedAt} />,
  },
  { id: 'state', header: fleet.state, cell: (each) => <StateBadge state={each.state} /> },
]

/** A group with the devices that are in it now. */
export function GroupPage() {
  const { id } = groupRoute.useParams()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'change' | 'delete' | 'add'>()
  const group = useQuery({
    queryKey: ['group', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/groups/{id}', { params: { path: { id } } })),
  })
  const counted = useQuery({
    queryKey: ['group', id, 'count'],
    queryFn: async () => answer(await api.GET('/api/v1/devices/count', { params: { query: { group: id } } })),
  })
  useLiveRefresh({ types: ['group.*'], subject: id }, ['group', id])
  if (group.error) return <Fault error={group.error} retry={() => void group.refetch()} />
  if (group.data === undefined) return <Skeleton height={200} />
  const { name, kind, filter } = group.data
  return (
    <>
      <PageHeader
        title={name}
        above={[{ to: '/groups', label: words.above }]}
        beside={<StateBadge state="none" label={groups.kinds[kind]} />}
        text={filter !== null && <Code>{filter}</Code>}
      >
        {isOperator && (
          <>
            <Button variant="default" onClick={() => dialog.open('change')}>
              {words.change}
            </Button>
            {kind === 'static' && (
              <Button variant="default" onClick={() => dialog.open('add')}>
                {words.add}
              </Button>
            )}
            <Button variant="default" component={Link} to="/operations/new" search={{ group: id } as never}>
              {words.operate}
            </Button>
            <Button variant="light" color="red" onClick={() => dialog.open('delete')}>
              {words.delete}
            </Button>
          </>
        )}
      </PageHeader>
      <Group mb="xs" gap="sm">
        <Title order={2}>{words.devices}</Title>
        <Text size="sm" c="dimmed">
          {counted.data && words.count(counted.data.count)}
        </Text>
      </Group>
      <Members group={group.data} mayChange={isOperator && kind === 'static'} />
      {dialog.when('change', () => (
        <GroupDialog group={group.data} onClose={dialog.close} />
      ))}
      {dialog.when('delete', () => (
        <DeleteDialog group={group.data} onClose={dialog.close} />
      ))}
      {dialog.when('add', () => (
        <AddDialog group={group.data} onClose={dialog.close} />
      ))}
    </>
  )
}

function Members({ group, mayChange }: { group: DeviceGroup; mayChange: boolean }) {
  const { cursor } = groupRoute.useSearch()
  const navigate = groupRoute.useNavigate()
  const { id } = group
  const list = usePage(['group', id, 'devices', cursor], async () =>
    answer(
      await api.GET('/api/v1/groups/{id}/devices', {
        params: { path: { id }, query: { ...(cursor && { cursor }) } },
      }),
    ),
  )
  const remove = useAction({
    run: async (device: string) =>
      answer(
        await api.POST('/api/v1/groups/{id}/devices', {
          params: { path: { id } },
          body: { add: [], remove: [device] } as never,
        }),
      ),
    done: () => words.removed,
    changes: [['group', id]],
  })
  const shown = !mayChange
    ? columns
    : [
        ...columns,
        {
          id: 'remove',
          header: words.remove,
          cell: (each: Device) => (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => remove.mutate(each.id)}
              aria-label={`${words.remove}: ${each.name}`}
            >
              {words.remove}
            </Button>
          ),
        },
      ]
  return (
    <Stack gap="xs">
      <Fault error={remove.error} />
      <DataTable
        label={words.devices}
        columns={shown}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={
          group.kind === 'static' ? (
            <Empty title={words.noDevices} text={words.noDevicesText} />
          ) : (
            <Empty title={words.noMatch} />
          )
        }
      />
    </Stack>
  )
}

function DeleteDialog({ group: { id, name }, onClose }: { group: DeviceGroup; onClose: () => void }) {
  const navigate = useNavigate()
  const remove = useAction({
    run: async () => answer(await api.DELETE('/api/v1/groups/{id}', { params: { path: { id } } })),
    done: () => words.deleted(name),
    changes: [['groups']],
    onDone: () => void navigate({ to: '/groups' }),
  })
  return (
    <Confirm
      title={words.deleteTitle(name)}
      verb={words.delete}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.deleteText}</Text>
    </Confirm>
  )
}

function AddDialog({ group: { id }, onClose }: { group: DeviceGroup; onClose: () => void }) {
  const [text, setText] = useState('')
  const add = useAction({
    run: async () => {
      const ids = text.split(/[\s,]+/).filter((each) => each !== '')
      const body = { add: ids, remove: [] }
      return answer(await api.POST('/api/v1/groups/{id}/devices', { params: { path: { id } }, body }))
    },
    done: ({ added }) => words.added(added),
    changes: [['group', id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.add}
      verb={words.add}
      isPending={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={onClose}
    >
      <Textarea
        label={words.devices}
        description={words.addHint}
        required
        autosize
        minRows={3}
        maxRows={10}
        data-autofocus
        spellCheck={false}
        value={text}
        error={Object.values(fieldFaults(add.error))[0]}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Confirm>
  )
}
