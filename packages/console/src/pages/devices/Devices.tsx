import { Button, Group, Menu, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { devices } from '#words/devices.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { deviceColumns, usualColumns } from './columns.tsx'
import { filterOf } from '../../parts/filter.ts'
import { FilterInput } from '../../parts/FilterInput.tsx'

const devicesRoute = getRouteApi('/devices')

type Sort = NonNullable<'id' | 'name' | '-name' | 'presence' | '-presence'>

const presets = [
  [devices.presets.connected, 'device.reachable'],
  [devices.presets.lost, '!device.reachable'],
  [devices.presets.silent, '!device.reachable && timestamp(device.reachableChangedAt) < now - duration("168h")'],
  [devices.presets.never, 'device.reachableChangedAt == null'],
  [devices.presets.quarantined, 'device.state == "quarantined"'],
  [devices.presets.noReport, 'report == null'],
] as const

/** The list of devices: as the address says, filtered and sorted by the hub. */
export function Devices() {
  const search = devicesRoute.useSearch()
  const navigate = devicesRoute.useNavigate()
  const principal = usePrincipal()
  const isStaff = hasRole(principal, 'operator')
  const filter = [filterOf(search.q), search.class && `device.class == "${search.class}"`]
    .filter((part) => part !== undefined && part !== '')
    .map((part, _, all) => (all.length > 1 ? `(${part})` : part))
    .join(' && ')
  const query = {
    ...(filter !== '' && { filter }),
    ...(search.sort && { sort: search.sort as Sort }),
    ...(search.cursor && { cursor: search.cursor }),
  }
  const page = useQuery({
    queryKey: ['devices', 'list', query],
    queryFn: async () => answer(await api.GET('/api/v1/devices', { params: { query } })),
    placeholderData: keepPreviousData,
  })
  const counted = useQuery({
    queryKey: ['devices', 'count', filter],
    queryFn: async () =>
      answer(await api.GET('/api/v1/devices/count', { params: { query: filter === '' ? {} : { filter } } })),
    placeholderData: keepPreviousData,
  })
  useLiveRefresh({ types: ['device.*'] }, ['devices', 'list'], ['devices', 'count'])
  const nameOf = useNames(page.data?.items.map((device) => device.household) ?? [])
  const shown = search.columns?.split(',') ?? usualColumns
  const all = deviceColumns(nameOf)
  const change = (changes: Partial<typeof search>): void => {
    void navigate({ search: (before) => ({ ...before, cursor: undefined, ...changes }) })
  }
  return (
    <>
      <PageHeader title={devices.title} text={devices.text}>
        <ColumnMenu shown={shown} all={all} onChange={(columns) => change({ columns, cursor: search.cursor })} />
        <ExportMenu filter={filter} />
        {isStaff && (
          <Button
            component={Link}
            to={`/operations/new${filter === '' ? '' : `?filter=${encodeURIComponent(filter)}`}`}
          >
            {devices.bulk}
          </Button>
        )}
      </PageHeader>
      <Stack gap="sm">
        <FilterInput value={search.q} error={page.error} onApply={(q) => change({ q })} />
        <Group gap="md" align="flex-end">
          <ListChoice
            label={devices.columns.class}
            value={search.class}
            choices={Object.entries(fleet.classes)}
            onChange={(value) => change({ class: value as Schemas['Device']['class'] | undefined })}
          />
          <Group gap={6} role="group" aria-label={devices.presets.label}>
            {presets.map(([label, condition]) => (
              <Button
                key={condition}
                size="compact-xs"
                variant={search.q === condition ? 'filled' : 'default'}
                aria-pressed={search.q === condition}
                onClick={() => change({ q: search.q === condition ? undefined : condition })}
              >
                {label}
              </Button>
            ))}
          </Group>
          <Text size="sm" c="dimmed" className="figures" ml="auto" aria-live="polite">
            {counted.data ? devices.filter.count(counted.data.count) : ' '}
          </Text>
        </Group>
        <DataTable
          label={devices.title}
          columns={all.filter(({ id }) => id === 'name' || shown.includes(id))}
          page={page.data}
          error={page.error}
          retry={() => void page.refetch()}
          rowId={(device) => device.id}
          cursor={search.cursor}
          onPage={(cursor) => change({ cursor: cursor ?? undefined })}
          sort={search.sort}
          onSort={(sort) => change({ sort: sort as Sort })}
          empty={
            filter === '' ? (
              <Empty title={devices.empty} text={devices.emptyText}>
                <Button component={Link} to="/enrolments">
                  {devices.toEnrolments}
                </Button>
              </Empty>
            ) : (
              <Empty title={devices.empty} text={devices.emptyFilterText}>
                <Button variant="default" onClick={() => change({ q: undefined, class: undefined })}>
                  {devices.clear}
                </Button>
              </Empty>
            )
          }
        />
      </Stack>
    </>
  )
}

function ColumnMenu(props: {
  shown: readonly string[]
  all: ReturnType<typeof deviceColumns>
  onChange: (columns: string) => void
}) {
  const { shown, all, onChange } = props
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" visibleFrom="sm">
          {devices.columns.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {all
          .filter(({ id }) => id !== 'name')
          .map(({ id, header }) => (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={shown.includes(id)}
              leftSection={<span aria-hidden>{shown.includes(id) ? '✓' : ' '}</span>}
              onClick={() =>
                onChange((shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id]).join(','))
              }
            >
              {header}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function ExportMenu({ filter }: { filter: string }) {
  const address = (format: string): string =>
    `/api/v1/exports/devices?${new URLSearchParams({ format, ...(filter !== '' && { filter }) }).toString()}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{devices.export}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'ndjson'] as const).map((format) => (
          <Menu.Item key={format} component="a" href={address(format)} download={`devices.${format}`}>
            {devices.exportAs[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
