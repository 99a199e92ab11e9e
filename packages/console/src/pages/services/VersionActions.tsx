import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { services } from '#words/services.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { AskRelease } from './AskRelease.tsx'
import { releaseRule, serviceOf } from './reads.ts'
import { Withdraw } from './Withdraw.tsx'

type Version = Schemas['Version']
type Channel = NonNullable<Version['channel']>
type Act = 'ask' | 'release' | 'promote' | 'deprecate' | 'retire' | 'withdraw'

type SimpleAct = Exclude<Act, 'ask' | 'withdraw'>

const text = services.actions
const verbs = { ...text, ask: services.releases.ask, withdraw: services.withdrawal.action }
const channels: readonly Channel[] = ['stable', 'beta', 'alpha']

/** What can be done with a version in its state. */
function actsOf({ state, channel }: Version, needsSecond: boolean): readonly Act[] {
  if (state === 'candidate') return [needsSecond ? 'ask' : 'release', 'retire']
  if (state === 'released') return [...(channel === 'stable' ? [] : ['promote' as const]), 'deprecate', 'withdraw']
  return state === 'deprecated' ? ['release', 'retire'] : state === 'draft' ? ['retire'] : []
}

/** Buttons for its developer, and for operators. */
export function VersionActions({ version }: { version: Version }) {
  const principal = usePrincipal()
  const { data: service } = useQuery(serviceOf(version.service))
  const { data: rule } = useQuery(releaseRule)
  const [act, setAct] = useState<Act | null>(null)
  const close = (): void => setAct(null)
  if (!hasRole(principal, 'operator') && service?.developer !== principal.id) return null
  return (
    <>
      {actsOf(version, rule?.secondPerson === true).map((each) => (
        <Button
          key={each}
          variant={each === 'release' || each === 'ask' ? 'filled' : 'default'}
          onClick={() => setAct(each)}
        >
          {verbs[each]}
        </Button>
      ))}
      {act === 'withdraw' && <Withdraw version={version} onClose={close} />}
      {act === 'ask' && <AskRelease version={version} onClose={close} />}
      {act !== null && act !== 'withdraw' && act !== 'ask' && (
        <ActDialog key={act} act={act} version={version} onClose={close} />
      )}
    </>
  )
}

function ActDialog({ act, version: of, onClose }: { act: SimpleAct; version: Version; onClose: () => void }) {
  const steadier = act === 'promote' ? channels.slice(0, channels.indexOf(of.channel ?? 'alpha')) : channels
  const [channel, setChannel] = useState<Channel>(steadier[0] ?? 'stable')
  const { service, version } = of
  const doing = useAction({
    run: async () => carryOut(act, of, channel),
    done: (changed) =>
      act === 'promote' ? text.promoted(version, changed.channel ?? channel) : text.done(version, changed.state),
    changes: [
      ['services', service],
      ['adoption', service],
    ],
    onDone: onClose,
  })
  const wantsChannel = act === 'promote' || (act === 'release' && of.channel === null)
  const consequence = act === 'release' ? text.releaseText(channel) : text[`${act}Text`]
  return (
    <Confirm
      title={text[`${act}Title`](version)}
      verb={text[act]}
      isDangerous={act === 'retire'}
      {...(act === 'retire' && { word: version })}
      isPending={doing.isPending}
      error={doing.error}
      onConfirm={() => doing.mutate()}
      onClose={onClose}
    >
      <Stack>
        {wantsChannel && (
          <Group>
            <Select
              label={text.channel}
              data={[...steadier]}
              value={channel}
              allowDeselect={false}
              onChange={(chosen) => setChannel((chosen ?? channel) as Channel)}
            />
          </Group>
        )}
        <Text size="sm">{consequence}</Text>
      </Stack>
    </Confirm>
  )
}

async function carryOut(act: SimpleAct, { service, version }: Version, channel: Channel): Promise<Version> {
  const path = { service, version }
  if (act === 'release') {
    const params = { path, query: { channel } }
    return answer(await api.POST('/api/v1/services/{service}/versions/{version}/release', { params }))
  }
  if (act === 'promote') {
    const body = { channel }
    return answer(await api.POST('/api/v1/services/{service}/versions/{version}/promote', { params: { path }, body }))
  }
  const body = { state: act === 'deprecate' ? ('deprecated' as const) : ('retired' as const) }
  return answer(await api.POST('/api/v1/services/{service}/versions/{version}/state', { params: { path }, body }))
}
