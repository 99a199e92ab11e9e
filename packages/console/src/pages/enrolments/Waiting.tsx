import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { enrolments } from '#words/enrolments.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { ListChoice } from '../../parts/ListChoice.tsx'
import { useNames } from '../../parts/names.ts'
import { EntityPicker } from '../../parts/picker/EntityPicker.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { usePage } from '../../parts/usePage.ts'
import { ticketStates } from './tabs.ts'

const enrolmentsRoute = getRouteApi('/enrolments')

const words = enrolments.waiting
type Ticket = Schemas['EnrolmentTicket']
type Act = 'approve' | 'refuse' | 'accept'

function columns(nameOf: (id: string) => string, act?: (ticket: Ticket, act: Act) => void): Column<Ticket>[] {
  return [
    {
      id: 'serial',
      header: words.serial,
      cell: (each) =>
        each.device === null ? (
          <Text size="sm" fw={600}>
            {each.serial || each.identity}
          </Text>
        ) : (
          <RowLink to="device" id={each.device}>
            {each.serial}
          </RowLink>
        ),
    },
    { id: 'protocol', header: words.protocol, wide: true, cell: (each) => fleet.protocols[each.protocol] },
    {
      id: 'class',
      header: words.class,
      wide: true,
      cell: (each) => (each.class === null ? '–' : fleet.classes[each.class]),
    },
    {
      id: 'household',
      header: words.household,
      wide: true,
      cell: ({ household }) =>
        household === null ? (
          '–'
        ) : (
          <RowLink to="household" id={household}>
            {nameOf(household)}
          </RowLink>
        ),
    },
    {
      id: 'state',
      header: words.state,
      cell: (each) => <StateBadge state={each.state} label={words.states[each.state]} />,
    },
    { id: 'asked', header: words.asked, wide: true, cell: (each) => <Time at={each.askedAt} /> },
    ...(act === undefined
      ? []
      : [
          {
            id: 'act',
            header: common.actions,
            cell: (each: Ticket) =>
              each.state === 'waiting' && (
                <Group gap={6} justify="flex-end">
                  <Button
                    size="compact-xs"
                    onClick={() => act(each, each.protocol === 'native' ? 'approve' : 'accept')}
                  >
                    {each.protocol === 'native' ? words.approve : words.accept}
                  </Button>
                  <Button size="compact-xs" variant="default" onClick={() => act(each, 'refuse')}>
                    {words.refuse}
                  </Button>
                </Group>
              ),
          },
        ]),
  ]
}

/** Devices that ask to be let in, and what became of those that did. */
export function Waiting() {
  const search = enrolmentsRoute.useSearch()
  const navigate = enrolmentsRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const [chosen, setChosen] = useState<{ ticket: Ticket; act: Act } | null>(null)
  const { state = 'waiting', cursor } = search
  const list = usePage(['enrolments', state, cursor], async () =>
    answer(await api.GET('/api/v1/enrolments', { params: { query: { state, ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['enrolment.*', 'device.enrolled'] }, ['enrolments'])
  const nameOf = useNames(list.page?.items.map(({ household }) => household) ?? [])
  const close = (): void => setChosen(null)
  return (
    <Stack gap="sm">
      <ListChoice
        label={words.state}
        value={state}
        choices={ticketStates.map((each) => [each, words.states[each]])}
        onChange={(next) => void navigate({ search: { tab: 'waiting', state: next as typeof state } })}
      />
      <DataTable
        label={words.label}
        columns={columns(nameOf, isOperator ? (ticket, act) => setChosen({ ticket, act }) : undefined)}
        {...list}
        rowId={(each) => each.id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
        empty={<Empty title={words.none} text={words.noneText} />}
      />
      {chosen?.act === 'approve' && <Decide ticket={chosen.ticket} act="approve" onClose={close} />}
      {chosen?.act === 'refuse' && <Decide ticket={chosen.ticket} act="refuse" onClose={close} />}
      {chosen?.act === 'accept' && <Accept ticket={chosen.ticket} onClose={close} />}
    </Stack>
  )
}

function Decide({ ticket, act, onClose }: { ticket: Ticket; act: 'approve' | 'refuse'; onClose: () => void }) {
  const isApproval = act === 'approve'
  const decide = useAction({
    run: async () => answer(await api.POST(`/api/v1/enrolments/{id}/${act}`, { params: { path: { id: ticket.id } } })),
    done: () => (isApproval ? words.approved : words.refused),
    changes: [['enrolments'], ['overview']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={isApproval ? words.approveTitle(ticket.serial) : words.refuseTitle(ticket.serial)}
      verb={isApproval ? words.approve : words.refuse}
      isDangerous={!isApproval}
      isPending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{isApproval ? words.approveText : words.refuseText}</Text>
    </Confirm>
  )
}

function Accept({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const [household, setHousehold] = useState(ticket.household ?? '')
  const [kind, setKind] = useState<NonNullable<Ticket['class']>>(ticket.class ?? 'gateway')
  const [name, setName] = useState(ticket.serial)
  const accept = useAction({
    run: async () => {
      const body = { class: kind, ...(household !== '' && { household }), ...(name !== '' && { name }) }
      return answer(await api.POST('/api/v1/enrolments/{id}/accept', { params: { path: { id: ticket.id } }, body }))
    },
    done: () => words.accepted,
    changes: [['enrolments'], ['overview']],
    onDone: onClose,
  })
  const faults = fieldFaults(accept.error)
  return (
    <Confirm
      title={words.acceptTitle(ticket.serial || (ticket.identity ?? ''))}
      verb={words.accept.replace('…', '')}
      isPending={accept.isPending}
      error={accept.error}
      onConfirm={() => accept.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.acceptText}</Text>
        {Object.keys(ticket.says).length > 0 && <Facts facts={Object.entries(ticket.says)} />}
        <EntityPicker
          of="household"
          label={words.acceptHousehold}
          isFirst
          value={household}
          error={faults['/household']}
          onChange={setHousehold}
        />
        <NativeSelect
          label={words.acceptClass}
          data={Object.entries(fleet.classes).map(([value, label]) => ({ value, label }))}
          value={kind}
          error={faults['/class']}
          onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
        />
        <TextInput
          label={words.acceptName}
          value={name}
          error={faults['/name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  )
}
