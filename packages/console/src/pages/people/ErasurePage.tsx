import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { people } from '#words/households.ts'
import { erasure as words } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { TextLink } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { Holdings } from '../../parts/personal/Holdings.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { personQuery } from './queries.ts'

const route = getRouteApi('/people/$id/erasure')

/** What erasing a person would take away and what would stay; and the erasing. */
export function ErasurePage() {
  const { id } = route.useParams()
  const dialog = useDialog<'erase'>()
  const person = useQuery(personQuery(id))
  const plan = useQuery({
    queryKey: ['person', id, 'erasure'],
    queryFn: async () => {
      const read = await api.GET('/api/v1/users/{id}/erasure', { params: { path: { id } } })
      return { ...answer(read), etag: read.response.headers.get('etag') ?? '*' }
    },
  })
  const error = person.error ?? plan.error
  if (error) return <Fault error={error} retry={() => void plan.refetch()} />
  if (person.data === undefined || plan.data === undefined) return <Skeleton height={200} />
  const { name } = person.data
  return (
    <>
      <PageHeader
        title={words.title(name)}
        text={words.text}
        above={[
          { to: '/people', label: people.title },
          { to: `/people/${id}`, label: name },
        ]}
      >
        <Button color="red.8" onClick={() => dialog.open('erase')}>
          {words.verb}
        </Button>
      </PageHeader>
      <Stack gap="xl">
        <Holdings title={words.erased} of={plan.data.erased} none={words.nothingErased} />
        <Holdings title={words.stays} of={plan.data.stays} none={words.nothingStays} />
        <div>
          <Text size="sm" maw="46rem">
            {words.notReached}
          </Text>
          <TextLink size="sm" to="/audit" search={{ about: id }}>
            {words.audit}
          </TextLink>
        </div>
      </Stack>
      {dialog.when('erase', () => (
        <Erase id={id} name={name} etag={plan.data.etag} onClose={dialog.close} />
      ))}
    </>
  )
}

function Erase({ id, name, etag, onClose }: { id: string; name: string; etag: string; onClose: () => void }) {
  const navigate = useNavigate()
  const erase = useAction({
    run: async () => {
      const params = { path: { id } }
      return answer(await api.POST('/api/v1/users/{id}/erasure', { params, headers: { 'if-match': etag } }))
    },
    done: () => words.done(name),
    changes: [['people'], ['names'], ['household']],
    onDone: () => void navigate({ to: '/people' }),
  })
  return (
    <Confirm
      title={words.confirm(name)}
      verb={words.verb.replace('…', '')}
      isDangerous
      word={name}
      isPending={erase.isPending}
      error={erase.error}
      onConfirm={() => erase.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.confirmText}</Text>
    </Confirm>
  )
}
