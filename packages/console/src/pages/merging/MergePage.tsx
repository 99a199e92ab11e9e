import { Alert, Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { households, people } from '#words/households.ts'
import { merging } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { CopyText } from '../../parts/CopyText.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { useNames } from '../../parts/names.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Holdings } from '../../parts/personal/Holdings.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { mergeable, oneQuery, pageOf, type Mergeable, type One } from './one.ts'

const route = getRouteApi('/duplicates/$of/$id/$from')
const words = merging.page

/** Where each is listed. */
const above = {
  users: { to: '/people', label: people.title },
  households: { to: '/households', label: households.title },
} as const

/** What making two one would move and end; and the merging. */
export function MergePage() {
  const { of: asked, id, from } = route.useParams()
  const of = mergeable.find((each) => each === asked) ?? 'users'
  const dialog = useDialog<'merge'>()
  const stays = useQuery(oneQuery(of, id))
  const givenUp = useQuery(oneQuery(of, from))
  const plan = useQuery({
    queryKey: ['duplicates', of, id, from],
    queryFn: async () => {
      const read = await api.GET(`/api/v1/${of}/{id}/merge/{from}`, { params: { path: { id, from } } })
      return { ...answer(read), etag: read.response.headers.get('etag') ?? '*' }
    },
  })
  const error = stays.error ?? givenUp.error ?? plan.error
  if (error) return <Fault error={error} retry={() => void plan.refetch()} />
  if (stays.data === undefined || givenUp.data === undefined || plan.data === undefined)
    return <Skeleton height={260} />
  const { moves, ends, blocks, etag } = plan.data
  const title = words.title(givenUp.data.name, stays.data.name)
  return (
    <>
      <PageHeader title={title} text={words.text} above={[above[of]]}>
        <LinkButton variant="default" to="/duplicates/$of/$id/$from" params={{ of, id: from, from: id }}>
          {words.swap}
        </LinkButton>
        <Button color="red.8" disabled={blocks.length > 0} onClick={() => dialog.open('merge')}>
          {words.verb}
        </Button>
      </PageHeader>
      <Stack gap="xl">
        {blocks.length > 0 && (
          <Alert color="orange" title={words.blocked} role="alert">
            {blocks.map((block) => (
              <Text key={block} size="sm">
                {block}
              </Text>
            ))}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Side title={words.stays} of={of} one={stays.data} />
          <Side title={words.givenUp} of={of} one={givenUp.data} />
        </SimpleGrid>
        <Holdings title={words.moves} of={moves} none={words.nothingMoves} />
        <Holdings title={words.ends} of={ends} none={words.nothingEnds} />
      </Stack>
      {dialog.when('merge', () => (
        <Merge of={of} stays={stays.data} givenUp={givenUp.data} etag={etag} onClose={dialog.close} />
      ))}
    </>
  )
}

function Side({ title, of, one }: { title: string; of: Mergeable; one: One }) {
  const nameOf = useNames(one.households ?? [])
  const { facts } = words
  return (
    <Paper component="section" aria-label={title} p="md">
      <Title order={2} size="h4" mb="xs">
        {title}:{' '}
        <RowLink to={of === 'users' ? 'person' : 'household'} id={one.id}>
          {one.name}
        </RowLink>
      </Title>
      <Facts
        facts={[
          [facts.id, <CopyText key="id" text={one.id} />],
          ...(of === 'users'
            ? ([
                [facts.email, one.email],
                [
                  facts.households,
                  <Group key="households" gap="xs">
                    {one.households?.map((home) => (
                      <RowLink key={home} to="household" id={home}>
                        {nameOf(home)}
                      </RowLink>
                    ))}
                  </Group>,
                ],
              ] as const)
            : ([
                [facts.kind, one.kind],
                [facts.timeZone, one.timeZone],
              ] as const)),
          [facts.made, <Time key="made" at={one.createdAt} />],
        ]}
      />
    </Paper>
  )
}

interface MergeProps {
  readonly of: Mergeable
  readonly stays: One
  readonly givenUp: One
  /** Of the plan that was shown. */
  readonly etag: string
  readonly onClose: () => void
}

function Merge({ of, stays, givenUp, etag, onClose }: MergeProps) {
  const navigate = useNavigate()
  const merge = useAction({
    run: async () => {
      const params = { path: { id: stays.id, from: givenUp.id } }
      return answer(await api.POST(`/api/v1/${of}/{id}/merge/{from}`, { params, headers: { 'if-match': etag } }))
    },
    done: () => words.done(stays.name),
    changes: [['people'], ['households'], ['household', stays.id], ['person', stays.id], ['names']],
    onDone: () => void navigate({ to: pageOf[of], params: { id: stays.id } }),
  })
  return (
    <Confirm
      title={words.confirm(givenUp.name, stays.name)}
      verb={words.verb.replace('…', '')}
      isDangerous
      word={givenUp.name}
      isPending={merge.isPending}
      error={merge.error}
      onConfirm={() => merge.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.confirmText(givenUp.id)}</Text>
    </Confirm>
  )
}
