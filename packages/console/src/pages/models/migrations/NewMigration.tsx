import { Button, Group, List, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { models } from '#words/models.ts'
import { api } from '../../../api/client.ts'
import { versionsQuery } from '../../../api/models.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { TextLink } from '../../../parts/links.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { isWrong, readStateMap } from './stateMap.ts'

const words = models.migrations

interface NewMigrationProps {
  readonly name: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly onVersions: (versions: { from: string | undefined; to: string | undefined }) => void
}

/** What the pages of a preview looked at together. */
interface Looked {
  readonly wouldMove: number
  readonly cannot: readonly Schemas['MigrationRefusal'][]
  readonly next: string | null
}

/** Says what would become of running instances, and moves them. */
export function NewMigration({ name, from, to, onVersions }: NewMigrationProps) {
  const versions = useQuery(versionsQuery(name)).data?.map(({ version }) => version) ?? []
  const [map, setMap] = useState('')
  const [reason, setReason] = useState('')
  const [asks, setAsks] = useState(false)
  const states = readStateMap(map)
  const request = {
    from: from ?? '',
    to: to ?? '',
    ...(!isWrong(states) && Object.keys(states).length > 0 && { states }),
  }
  const preview = useMutation({
    mutationFn: async (before: Looked | null): Promise<Looked> => {
      const query = before?.next ? { cursor: before.next } : {}
      const params = { path: { name }, query }
      const page = answer(await api.POST('/api/v1/models/{name}/migrations/preview', { params, body: request }))
      return {
        wouldMove: (before?.wouldMove ?? 0) + page.wouldMove,
        cannot: [...(before?.cannot ?? []), ...page.cannot],
        next: page.next,
      }
    },
  })
  const change = (versionsNow: { from: string | undefined; to: string | undefined }): void => {
    preview.reset()
    onVersions(versionsNow)
  }
  const isReady = from !== undefined && to !== undefined && from !== to && !isWrong(states)
  return (
    <Paper>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) preview.mutate(null)
        }}
      >
        <Stack gap="sm">
          <Group align="flex-start" grow>
            <Select
              label={words.from}
              data={versions}
              value={from ?? null}
              onChange={(next) => change({ from: next ?? undefined, to })}
            />
            <Select
              label={words.to}
              data={versions}
              value={to ?? null}
              onChange={(next) => change({ from, to: next ?? undefined })}
              error={from !== undefined && from === to ? words.same : undefined}
            />
          </Group>
          <Textarea
            label={words.states}
            description={words.statesHint}
            value={map}
            onChange={(event) => {
              preview.reset()
              setMap(event.currentTarget.value)
            }}
            error={isWrong(states) ? words.badStates(states.wrongLine) : undefined}
            autosize
            minRows={2}
            maxRows={10}
          />
          <Group>
            <Button type="submit" variant="default" disabled={!isReady} loading={preview.isPending}>
              {words.preview}
            </Button>
          </Group>
          <Fault error={preview.error} />
          {preview.data !== undefined && (
            <Previewed name={name} looked={preview.data} onMore={() => preview.mutate(preview.data)} />
          )}
          {preview.data !== undefined && preview.data.wouldMove > 0 && (
            <Group align="flex-end">
              <TextInput
                label={words.why}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                required
                flex={1}
              />
              <Button disabled={reason.trim() === ''} onClick={() => setAsks(true)}>
                {words.start}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      {asks && preview.data !== undefined && (
        <StartMigration
          name={name}
          request={{ ...request, reason: reason.trim() }}
          looked={preview.data}
          onClose={() => setAsks(false)}
        />
      )}
    </Paper>
  )
}

function Previewed({ name, looked, onMore }: { name: string; looked: Looked; onMore: () => void }) {
  const hasMore = looked.next !== null
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {words.would(looked.wouldMove, hasMore)}, {words.cannot(looked.cannot.length, hasMore)}.
      </Text>
      <List size="sm" mt={4}>
        {looked.cannot.slice(0, 50).map(({ instance, reasons }) => (
          <List.Item key={instance}>
            <TextLink size="sm" to="/instances/$model/$id" params={{ model: name, id: instance }}>
              {instance}
            </TextLink>
            : {reasons.join('; ')}
          </List.Item>
        ))}
      </List>
      {hasMore && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={onMore}>
          {words.more}
        </Button>
      )}
    </div>
  )
}

interface StartProps {
  readonly name: string
  readonly request: Schemas['MigrationRequest']
  readonly looked: Looked
  readonly onClose: () => void
}

function StartMigration({ name, request, looked, onClose }: StartProps) {
  const navigate = useNavigate()
  const start = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/models/{name}/migrations', { params: { path: { name } }, body: request })),
    done: () => words.started,
    changes: [['migrations', name]],
    onDone: ({ id }) => void navigate({ to: '/models/$name/migrations/$id', params: { name, id } }),
  })
  const count = `${looked.wouldMove.toLocaleString('en')}${looked.next === null ? '' : '+'}`
  return (
    <Confirm
      title={words.startTitle(count, request.from, request.to)}
      verb={words.verb}
      isPending={start.isPending}
      error={start.error}
      onConfirm={() => start.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.startText}</Text>
    </Confirm>
  )
}
