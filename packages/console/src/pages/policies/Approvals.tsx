import { Button, Group, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { usePage } from '../../parts/usePage.ts'

type Approval = Schemas['Approval']
type How = 'approve' | 'deny'

const words = policies.approvals

/** What policies ask operators. */
export function Approvals({ cursor, onPage }: { cursor: string | undefined; onPage: (cursor: string | null) => void }) {
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [asked, setAsked] = useState<{ readonly approval: Approval; readonly how: How } | null>(null)
  const list = usePage(['policies', 'approvals', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/approvals', { params: { query } }))
  })
  const columns: readonly Column<Approval>[] = [
    { id: 'question', header: words.columns.question, cell: ({ question }) => question },
    {
      id: 'policy',
      header: words.columns.policy,
      cell: ({ name, version }) => `${name} ${version}`,
      wide: true,
    },
    { id: 'asked', header: words.columns.asked, cell: ({ askedAt }) => <Time at={askedAt} />, wide: true },
    {
      id: 'until',
      header: words.columns.until,
      cell: (approval) => (
        <>
          <Time at={approval.until} />{' '}
          <Text span size="xs" c="dimmed">
            {words.otherwise[approval.else]}
          </Text>
        </>
      ),
    },
    { id: 'state', header: words.columns.state, cell: ({ state }) => <StateBadge state={state} /> },
    {
      id: 'act',
      header: words.columns.act,
      cell: (approval) =>
        mayWrite &&
        approval.state === 'waiting' && (
          <Group gap={4} wrap="nowrap">
            <Button size="compact-sm" onClick={() => setAsked({ approval, how: 'approve' })}>
              {words.approve}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked({ approval, how: 'deny' })}>
              {words.deny}
            </Button>
          </Group>
        ),
    },
  ]
  return (
    <>
      <DataTable
        label={words.label}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={onPage}
      />
      {asked !== null && <Answer {...asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function Answer({ approval, how, onClose }: { approval: Approval; how: How; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const path = how === 'approve' ? '/api/v1/approvals/{id}/approve' : '/api/v1/approvals/{id}/deny'
  const give = useAction({
    run: async () => answer(await api.POST(path, { params: { path: { id: approval.id } }, body: { reason } })),
    done: () => words.done,
    changes: [['policies']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={how === 'approve' ? words.approveTitle : words.denyTitle}
      verb={how === 'approve' ? words.approveVerb : words.denyVerb}
      isDangerous={how === 'deny'}
      isPending={give.isPending}
      error={give.error}
      onConfirm={() => give.mutate()}
      onClose={onClose}
    >
      <Text size="sm" fw={600}>
        {approval.question}
      </Text>
      <Text size="sm" mb="sm">
        {how === 'approve' ? words.approveText : words.denyText}
      </Text>
      <TextInput
        label={words.reason}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </Confirm>
  )
}
