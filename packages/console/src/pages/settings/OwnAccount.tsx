import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { personal } from '#words/personal.ts'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { sessionLost, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { ExportButton } from '../../parts/personal/ExportButton.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Frame } from './Frame.tsx'

type OpenSession = Schemas['OpenSession']

const words = settings.account

/** Where one is logged in, and the password. */
export function OwnAccount() {
  const { id, kind, name, roles } = usePrincipal()
  return (
    <Frame title={settings.sections.account} text={`${name} · ${roles.join(', ')}`}>
      <Stack gap="xl">
        <Sessions />
        <Password />
        {kind === 'person' && (
          <section>
            <Title order={2}>{personal.own}</Title>
            <Text size="sm" c="dimmed" mb="xs">
              {personal.text}
            </Text>
            <ExportButton id={id} name={name} />
          </section>
        )}
      </Stack>
    </Frame>
  )
}

function Sessions() {
  const [ended, setEnded] = useState<OpenSession | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => answer(await api.GET('/api/v1/sessions')).items,
  })
  const columns: readonly Column<OpenSession>[] = [
    {
      id: 'kind',
      header: words.columns.kind,
      cell: ({ kind, current }) => (
        <>
          {words.kinds[kind]} {current && <StateBadge state="active" label={words.current} />}
        </>
      ),
    },
    { id: 'since', header: words.columns.since, cell: ({ createdAt }) => <Time at={createdAt} />, wide: true },
    { id: 'used', header: words.columns.used, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    { id: 'expires', header: words.columns.expires, cell: ({ expiresAt }) => <Time at={expiresAt} />, wide: true },
    {
      id: 'act',
      header: words.columns.act,
      cell: (session) => (
        <Button size="compact-sm" variant="default" onClick={() => setEnded(session)}>
          {words.end}
        </Button>
      ),
    },
  ]
  return (
    <section>
      <Title order={2} mb="xs">
        {words.sessions}
      </Title>
      <DataTable
        label={words.sessions}
        columns={columns}
        page={data && { items: data, next: null }}
        error={error}
        retry={() => void refetch()}
        rowId={({ id }) => id}
        empty={null}
      />
      {ended !== null && <EndSession session={ended} onClose={() => setEnded(null)} />}
    </section>
  )
}

function EndSession({ session, onClose }: { session: OpenSession; onClose: () => void }) {
  const end = useAction({
    run: async () => answer(await api.DELETE('/api/v1/sessions/{id}', { params: { path: { id: session.id } } })),
    done: () => words.ended,
    changes: [['sessions']],
    onDone() {
      onClose()
      if (session.current) sessionLost.tell()
    },
  })
  return (
    <Confirm
      title={words.endTitle}
      verb={words.end}
      isDangerous
      isPending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{session.current ? words.endOwn : words.endText}</Text>
    </Confirm>
  )
}

function Password() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const change = useAction({
    run: async () => answer(await api.PUT('/api/v1/me/password', { body: { current, next } })),
    done: () => words.changed,
    onDone() {
      setCurrent('')
      setNext('')
      setAgain('')
      sessionLost.tell()
    },
  })
  const faults = fieldFaults(change.error)
  const differs = again !== '' && again !== next
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (next === again) change.mutate()
  }
  return (
    <section>
      <Title order={2} mb="xs">
        {words.password}
      </Title>
      <Paper component="form" onSubmit={submit} maw="28rem" aria-label={words.password}>
        <Stack gap="sm">
          <Text size="sm">{words.passwordText}</Text>
          <PasswordInput
            label={words.old}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            error={faults['/current']}
            required
          />
          <PasswordInput
            label={words.next}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            autoComplete="new-password"
            error={faults['/next']}
            required
          />
          <PasswordInput
            label={words.again}
            value={again}
            onChange={(event) => setAgain(event.currentTarget.value)}
            autoComplete="new-password"
            error={differs ? words.differs : undefined}
            required
          />
          <Fault error={change.error} />
          <Button
            type="submit"
            loading={change.isPending}
            disabled={current === '' || next === '' || next !== again}
            style={{ alignSelf: 'flex-start' }}
          >
            {words.change}
          </Button>
        </Stack>
      </Paper>
    </section>
  )
}
