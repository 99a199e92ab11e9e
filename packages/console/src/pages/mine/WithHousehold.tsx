import { Select } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'

type Household = Schemas['Household']

/** The household that a page is about: the one of the address, or the first of one’s own. */
export function WithHousehold({
  chosen,
  children,
}: {
  chosen: string | undefined
  children: (household: Household, choice: ReactNode) => ReactNode
}) {
  const { data, error } = useQuery({
    queryKey: ['households', 'mine'],
    queryFn: async () => answer(await api.GET('/api/v1/households', { params: { query: { limit: 100 } } })),
  })
  const navigate = useNavigate()
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  const household = data.items.find(({ id }) => id === chosen) ?? data.items[0]
  if (household === undefined) return <Empty {...mine.noHousehold} />
  const choice = data.items.length > 1 && (
    <Select
      aria-label={mine.household}
      value={household.id}
      data={data.items.map(({ id, name }) => ({ value: id, label: name }))}
      allowDeselect={false}
      onChange={(id) => void navigate({ to: '.', search: { household: id ?? undefined } })}
    />
  )
  return children(household, choice)
}
