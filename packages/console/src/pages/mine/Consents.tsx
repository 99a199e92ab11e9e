import { Button } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useConsentAnswer } from './useConsentAnswer.ts'
import { WithHousehold } from './WithHousehold.tsx'

type Consent = Schemas['Consent']

const route = getRouteApi('/mine/consents')

/** What a household has agreed to, and what not. */
export function Consents() {
  const { household: chosen } = route.useSearch()
  return (
    <WithHousehold chosen={chosen}>
      {(household, choice) => (
        <>
          <PageHeader title={mine.consents.title} text={mine.consents.text}>
            {choice}
          </PageHeader>
          <ConsentList household={household.id} />
        </>
      )}
    </WithHousehold>
  )
}

function ConsentList({ household }: { household: string }) {
  const { cursor } = route.useSearch()
  const navigate = useNavigate({ from: '/mine/consents' })
  const [revoked, setRevoked] = useState<Consent | null>(null)
  const answering = useConsentAnswer(() => setRevoked(null))
  const { mutate } = answering
  const queryKey = ['consents', { household, cursor }]
  const { data, error } = useQuery({
    queryKey,
    queryFn: async () => answer(await api.GET('/api/v1/consents', { params: { query: { household, cursor } } })),
  })
  useLiveRefresh({ types: ['consent.*'], household }, queryKey)
  const columns = useMemo(
    (): Column<Consent>[] => [
      { id: 'what', header: mine.consents.what, cell: ({ target }) => target },
      { id: 'state', header: mine.consents.state, cell: ({ state }) => <StateBadge state={state} /> },
      { id: 'changed', header: mine.consents.changed, wide: true, cell: ({ changedAt }) => <Time at={changedAt} /> },
      {
        id: 'change',
        header: mine.consents.change,
        cell: (consent) =>
          consent.state === 'granted' ? (
            <Button size="compact-sm" variant="default" onClick={() => setRevoked(consent)}>
              {mine.consents.revoke}
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => mutate({ household, kind: consent.kind, target: consent.target, answer: 'granted' })}
            >
              {mine.consents.grant}
            </Button>
          ),
      },
    ],
    [household, mutate],
  )
  return (
    <>
      <DataTable
        label={mine.consents.title}
        columns={columns}
        page={data}
        error={error}
        rowId={({ id }) => id}
        cursor={cursor}
        onPage={(next) => void navigate({ search: (search) => ({ ...search, cursor: next ?? undefined }) })}
        empty={<Empty {...mine.consents.none} />}
      />
      {revoked !== null && (
        <Confirm
          title={mine.consents.revokeTitle}
          verb={mine.consents.revoke}
          isPending={answering.isPending}
          error={answering.error}
          onConfirm={() => mutate({ household, kind: revoked.kind, target: revoked.target, answer: 'revoked' })}
          onClose={() => setRevoked(null)}
        >
          {mine.consents.revokeText}
        </Confirm>
      )}
    </>
  )
}
