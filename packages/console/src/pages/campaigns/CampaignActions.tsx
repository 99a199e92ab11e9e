import { Button, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { campaign as words } from '#words/campaigns.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'

type Campaign = Schemas['CampaignWithWaves']
type Act = keyof typeof words.acts

/** What can be done with a campaign in its state. */
const possible: Readonly<Partial<Record<Campaign['state'], readonly Act[]>>> = {
  planned: ['start', 'abort'],
  planning: ['abort'],
  running: ['pause', 'abort', 'roll-back'],
  waiting: ['pause', 'abort', 'roll-back'],
  paused: ['resume', 'abort', 'roll-back'],
  completed: ['roll-back'],
  aborted: ['roll-back'],
}

export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const principal = usePrincipal()
  const [open, setOpen] = useState<Act | 'approve' | null>(null)
  const close = (): void => setOpen(null)
  if (!hasRole(principal, 'operator')) return null
  const next = nextApproval(campaign)
  return (
    <>
      {next !== null && <Button onClick={() => setOpen('approve')}>{words.approve.verb}</Button>}
      {(possible[campaign.state] ?? []).map((act) => (
        <Button
          key={act}
          variant={act === 'start' || act === 'resume' ? 'filled' : 'default'}
          onClick={() => setOpen(act)}
        >
          {words.acts[act].verb}
        </Button>
      ))}
      {open === 'approve' && next !== null && <Approve campaign={campaign} wave={next} onClose={close} />}
      {open !== null && open !== 'approve' && <ActDialog campaign={campaign} act={open} onClose={close} />}
    </>
  )
}

/** The wave that waits for a second person; null when none does. */
function nextApproval({ document, acts, currentWave, state }: Campaign): number | null {
  if (state !== 'running' && state !== 'waiting') return null
  const { approvals = [] } = document as Pick<Schemas['CampaignRequest'], 'approvals'>
  const given = new Set(acts.filter(({ act }) => act === 'approve').map(({ wave }) => wave))
  const open = approvals.map(({ before }) => before).filter((wave) => wave > currentWave && !given.has(wave))
  return open.length === 0 ? null : Math.min(...open)
}

function ActDialog({ campaign, act, onClose }: { campaign: Campaign; act: Act; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { id, name } = campaign
  const planned = campaign.waves.reduce((sum, { size }) => sum + size, 0)
  const said = words.acts[act]
  const run = useAction({
    run: async () =>
      answer(await api.POST(`/api/v1/campaigns/{id}/${act}`, { params: { path: { id } }, body: { reason } })),
    done: () => said.done,
    changes: [['campaign', id], ['campaigns']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={said.title(name)}
      verb={said.verb}
      isDangerous={act === 'abort' || act === 'roll-back'}
      isPending={run.isPending}
      error={run.error}
      onConfirm={() => run.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{said.text}</Text>
      <Text size="sm">{words.devicesConcerned(planned)}</Text>
      <TextInput
        mt="sm"
        label={fleet.reason}
        description={fleet.reasonHint}
        value={reason}
        maxLength={500}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  )
}

function Approve({ campaign: { id }, wave, onClose }: { campaign: Campaign; wave: number; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const approve = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/campaigns/{id}/approve', { params: { path: { id } }, body: { wave, reason } })),
    done: () => words.approve.done(wave),
    changes: [['campaign', id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.approve.title(wave)}
      verb={words.approve.verb}
      isPending={approve.isPending}
      error={approve.error}
      onConfirm={() => approve.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.approve.text}</Text>
      <TextInput
        mt="sm"
        label={fleet.reason}
        value={reason}
        maxLength={500}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Confirm>
  )
}
