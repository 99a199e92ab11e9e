import { Button, Group, Paper, Radio, Stack, Tabs, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { common } from '#words/common.ts'
import { merging } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { householdOf, personOf, type Mergeable, type One } from './one.ts'

const route = getRouteApi('/duplicates')
const words = merging.duplicates

interface Same {
  readonly because: keyof typeof words.because
  readonly ones: readonly One[]
}

async function read(of: Mergeable, cursor: string | undefined): Promise<{ items: Same[]; next: string | null }> {
  const params = { query: { limit: 20, ...(cursor && { cursor }) } }
  if (of === 'users') {
    const { items, next } = answer(await api.GET('/api/v1/users/duplicates', { params }))
    return { items: items.map(({ because, users }) => ({ because, ones: users.map(personOf) })), next }
  }
  const { items, next } = answer(await api.GET('/api/v1/households/duplicates', { params }))
  return { items: items.map(({ because, households }) => ({ because, ones: households.map(householdOf) })), next }
}

/** People, and households, that seem to be there several times. */
export function Duplicates() {
  const { of = 'users' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <Tabs value={of} onChange={(next) => void navigate({ search: { of: next as Mergeable } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="users">{words.tabs.users}</Tabs.Tab>
          <Tabs.Tab value="households">{words.tabs.households}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={of}>
          <Sets of={of} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Sets({ of }: { of: Mergeable }) {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const page = useQuery({
    queryKey: ['duplicates', of, cursor],
    queryFn: () => read(of, cursor),
    placeholderData: keepPreviousData,
  })
  useLiveRefresh({ types: ['user.*', 'household.*'] }, ['duplicates'])
  if (page.error) return <Fault error={page.error} retry={() => void page.refetch()} />
  if (page.data === undefined) return <Text c="dimmed">{common.loading}</Text>
  const { items, next } = page.data
  if (items.length === 0)
    return <Empty title={of === 'users' ? words.none : words.noneHouseholds} text={words.noneText} />
  return (
    <Stack>
      {items.map((same) => (
        <Set key={same.ones.map(({ id }) => id).join()} of={of} same={same} />
      ))}
      {(cursor !== undefined || next !== null) && (
        <Group gap="xs" component="nav" aria-label={common.pages}>
          <Button
            size="xs"
            variant="default"
            disabled={cursor === undefined}
            onClick={() => void navigate({ search: { of } })}
          >
            {common.first}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={next === null}
            onClick={() => void navigate({ search: { of, cursor: next ?? undefined } })}
          >
            {common.next}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

/** Some that are the same: which stays is chosen here, each of the others is looked at on its own. */
function Set({ of, same: { because, ones } }: { of: Mergeable; same: Same }) {
  const [stays, setStays] = useState(ones[0]?.id ?? '')
  const title = `${ones[0]?.name ?? ''}: ${words.because[because]}`
  return (
    <Paper component="section" aria-label={title} p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Radio.Group label={words.stays} value={stays} onChange={setStays}>
          <Stack gap={6} mt={4}>
            {ones.map((one) => (
              <Radio key={one.id} value={one.id} label={one.name} description={toldApartBy(one)} />
            ))}
          </Stack>
        </Radio.Group>
        <Group gap="xs">
          {ones
            .filter(({ id }) => id !== stays)
            .map(({ id, name }) => (
              <LinkButton
                key={id}
                variant="default"
                size="xs"
                title={id}
                to="/duplicates/$of/$id/$from"
                params={{ of, id: stays, from: id }}
              >
                {words.look(ones.filter((one) => one.name === name).length > 1 ? id : name)}
              </LinkButton>
            ))}
        </Group>
      </Stack>
    </Paper>
  )
}

function toldApartBy({ id, email, kind, timeZone, createdAt }: One): string {
  const made = new Date(createdAt).toLocaleDateString('en', { dateStyle: 'medium' })
  return [email, kind, timeZone, made, id].filter((part) => part !== undefined && part !== null).join(' · ')
}
