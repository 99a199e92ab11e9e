import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { operations } from '#words/operations.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { CopyText } from '../../parts/CopyText.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { OperationProgress, operationTitle } from './Operations.tsx'

const operationRoute = getRouteApi('/operations/$id')

const words = operations.page
type Operation = Schemas['DeviceOperation']
/** While it runs; it tells of no step, only of its end. */
const lookAgain = 3_000

export function OperationPage() {
  const { id } = operationRoute.useParams()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'cancel'>()
  const {
    data: operation,
    error,
    refetch,
  } = useQuery({
    queryKey: ['operation', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/device-operations/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookAgain : false),
  })
  useLiveRefresh({ types: ['device-operation.*'], subject: id }, ['operation', id])
  const nameOf = useNames([operation?.startedBy])
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (operation === undefined) return <Skeleton height={200} />
  return (
    <>
      <PageHeader
        title={operationTitle(operation)}
        above={[{ to: '/operations', label: words.above }]}
        beside={<StateBadge state={operation.state} label={operations.states[operation.state]} />}
        text={<OperationProgress operation={operation} />}
      >
        {isOperator && operation.state === 'running' && (
          <Button variant="default" onClick={() => dialog.open('cancel')}>
            {words.cancel}
          </Button>
        )}
      </PageHeader>
      <Stack gap="xl">
        {operation.why !== '' && <Alert color={operation.state === 'failed' ? 'red' : 'gray'}>{operation.why}</Alert>}
        <Facts
          facts={[
            [words.facts.id, <CopyText key="id" text={operation.id} />],
            [words.facts.devices, operation.planned.toLocaleString('en')],
            [words.facts.done, operation.done.toLocaleString('en')],
            [words.facts.skipped, operation.skipped.toLocaleString('en')],
            [words.facts.failed, operation.failed.toLocaleString('en')],
            [words.facts.rate, operation.perMinute.toLocaleString('en')],
            [words.facts.by, nameOf(operation.startedBy)],
            [words.facts.started, <Time key="started" at={operation.createdAt} />],
            [words.facts.ended, operation.endedAt && <Time key="ended" at={operation.endedAt} />],
          ]}
        />
        <Exceptions id={id} />
      </Stack>
      {dialog.when('cancel', () => (
        <Cancel id={id} onClose={dialog.close} />
      ))}
    </>
  )
}

type Exception = Schemas['DeviceOperationException']

function columns(nameOf: (id: string) => string): Column<Exception>[] {
  return [
    {
      id: 'device',
      header: words.device,
      cell: (each) => (
        <RowLink to="device" id={each.device}>
          {nameOf(each.device)}
        </RowLink>
      ),
    },
    {
      id: 'outcome',
      header: words.outcome,
      cell: (each) => <StateBadge state={each.outcome} label={words.outcomes[each.outcome]} />,
    },
    { id: 'why', header: words.why, cell: (each) => <Text size="sm">{each.detail}</Text> },
  ]
}

function Exceptions({ id }: { id: Operation['id'] }) {
  const { cursor } = operationRoute.useSearch()
  const navigate = operationRoute.useNavigate()
  const page = useQuery({
    queryKey: ['operation', id, 'exceptions', cursor],
    queryFn: async () => {
      const params = { path: { id }, query: { ...(cursor && { cursor }) } }
      return answer(await api.GET('/api/v1/device-operations/{id}/exceptions', { params }))
    },
    placeholderData: keepPreviousData,
  })
  const nameOf = useNames(page.data?.items.map(({ device }) => device) ?? [])
  return (
    <section>
      <Title order={2} mb="xs">
        {words.exceptions}
      </Title>
      <DataTable
        label={words.exceptions}
        columns={columns(nameOf)}
        page={page.data}
        error={page.error}
        rowId={(each) => each.device}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
        empty={<Text c="dimmed">{words.noExceptions}</Text>}
      />
    </section>
  )
}

function Cancel({ id, onClose }: { id: string; onClose: () => void }) {
  const cancel = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/device-operations/{id}/cancel', { params: { path: { id } }, body: {} as never })),
    done: () => words.cancelled,
    changes: [['operation', id], ['operations']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.cancelTitle}
      verb={words.cancel}
      isDangerous
      isPending={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.cancelText}</Text>
    </Confirm>
  )
}
