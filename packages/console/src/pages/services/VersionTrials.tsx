import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { serviceOf } from './reads.ts'
import { TryVersion } from './TryVersion.tsx'

type Trial = Schemas['Trial']

const text = services.trials

/** Where the version was tried before anybody else has it, what came of it on each device, and the way back. */
export function VersionTrials({ version: of }: { version: Schemas['Version'] }) {
  const { service, version, state } = of
  const principal = usePrincipal()
  const { data: owner } = useQuery(serviceOf(service))
  const [isTrying, setTrying] = useState(false)
  const [undone, setUndone] = useState<Trial | null>(null)
  const mayTry = hasRole(principal, 'operator') || owner?.developer === principal.id
  const { data, error } = useQuery({
    queryKey: ['trials', service, version],
    queryFn: async () => {
      const params = { path: { service, version } }
      return answer(await api.GET('/api/v1/services/{service}/versions/{version}/trials', { params }))
    },
  })
  useLiveRefresh({ types: ['delivery.*', 'order.*'] }, ['trials', service, version])
  const columns = useMemo(() => columnsOf(mayTry ? setUndone : null), [mayTry])
  return (
    <Paper component="section" aria-label={text.title}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{text.title}</Title>
        {mayTry && state !== 'draft' && state !== 'retired' && (
          <Button variant="default" onClick={() => setTrying(true)}>
            {text.try}
          </Button>
        )}
      </Group>
      <DataTable
        label={text.title}
        columns={columns}
        page={data}
        error={error}
        rowId={({ id }) => id}
        empty={<Text size="sm">{text.none}</Text>}
      />
      {isTrying && <TryVersion version={of} onClose={() => setTrying(false)} />}
      {undone !== null && <UndoTrial trial={undone} onClose={() => setUndone(null)} />}
    </Paper>
  )
}

/** @param undo null: whoever looks may not */
function columnsOf(undo: ((trial: Trial) => void) | null): Column<Trial>[] {
  return [
    { id: 'at', header: text.at, wide: true, cell: ({ at }) => <Time at={at} /> },
    {
      id: 'devices',
      header: text.devices,
      cell: ({ devices }) =>
        devices.map(({ device, state, detail }) => (
          <div key={device}>
            {device} <StateBadge state={state} /> {detail}
          </div>
        )),
    },
    { id: 'had', header: text.had, wide: true, cell: ({ had }) => had ?? text.nothing },
    {
      id: 'undo',
      header: text.undoing,
      cell: (trial) => {
        if (trial.undone !== null) return <StateBadge state={trial.undone.state} />
        if (undo === null) return null
        const names = trial.devices.map(({ device }) => device).join(', ')
        return (
          <Button size="compact-sm" variant="default" aria-label={`${text.undo}: ${names}`} onClick={() => undo(trial)}>
            {text.undo}
          </Button>
        )
      },
    },
  ]
}

function UndoTrial({ trial, onClose }: { trial: Trial; onClose: () => void }) {
  const { service, version, id, had } = trial
  const undoing = useAction({
    run: async () => {
      const params = { path: { service, version, trial: id } }
      return answer(await api.POST('/api/v1/services/{service}/versions/{version}/trials/{trial}/undo', { params }))
    },
    done: () => text.undone,
    changes: [['trials', service, version]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={text.undoTitle(version)}
      verb={text.undo}
      isPending={undoing.isPending}
      error={undoing.error}
      onConfirm={() => undoing.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{had === null ? text.removed : text.back(had)}</Text>
    </Confirm>
  )
}
