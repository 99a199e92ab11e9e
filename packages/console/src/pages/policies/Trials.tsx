import { Alert, Button, Checkbox, Group, List, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Clauses } from './Clauses.tsx'

type Version = Schemas['PolicyVersion']
type Trial = Schemas['PolicyTrial']

const words = policies.trial

/** Tries a version out on recorded events, and puts it in force by the newest try-out. */
export function Trials({ version, mayWrite }: { version: Version; mayWrite: boolean }) {
  const [days, setDays] = useState<number | string>(7)
  const [group, setGroup] = useState('')
  const [isActivating, setActivating] = useState(false)
  const params = { path: { id: version.policy, version: version.version } }
  const { data } = useQuery({
    queryKey: ['policies', 'trials', version.policy, version.version],
    queryFn: async () =>
      answer(
        await api.GET('/api/v1/policies/{id}/versions/{version}/trials', {
          params: { ...params, query: { limit: 50 } },
        }),
      ).items,
  })
  const attempt = useAction({
    run: async () => {
      const body = { days: Number(days), ...(group.trim() !== '' && { group: group.trim() }) }
      return answer(await api.POST('/api/v1/policies/{id}/versions/{version}/trials', { params, body }))
    },
    done: () => words.done,
    changes: [['policies']],
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    attempt.mutate()
  }
  const newest = data?.at(-1)
  return (
    <section>
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {words.text}
      </Text>
      {mayWrite && (
        <form onSubmit={submit}>
          <Group align="flex-end" mb="sm">
            <NumberInput label={words.days} value={days} onChange={setDays} min={1} max={30} w="7rem" />
            <TextInput
              label={words.group}
              value={group}
              onChange={(event) => setGroup(event.currentTarget.value)}
              w="18rem"
            />
            <Button type="submit" variant="default" loading={attempt.isPending}>
              {words.try}
            </Button>
            {newest !== undefined && version.state !== 'active' && (
              <Button onClick={() => setActivating(true)}>{policies.activate.open}</Button>
            )}
          </Group>
        </form>
      )}
      <Fault error={attempt.error} />
      {newest === undefined ? <Text size="sm">{words.none}</Text> : <TrialView trial={newest} />}
      {isActivating && newest !== undefined && (
        <Activate version={version} trial={newest} onClose={() => setActivating(false)} />
      )}
    </section>
  )
}

function TrialView({ trial }: { trial: Trial }) {
  return (
    <Paper>
      <Stack gap="sm">
        <Text size="sm" fw={600}>
          {trial.summary}
        </Text>
        {!trial.whole && <Alert color="yellow">{words.notWhole}</Alert>}
        <Facts
          facts={[
            [words.ran, <Time key="at" at={trial.at} />],
            [words.since, <Time key="since" at={trial.since} />],
            [words.seen, trial.seen.toLocaleString('en')],
            [words.held, trial.held.toLocaleString('en')],
            [words.orders, trial.orders.toLocaleString('en')],
            [words.households, words.ofHouseholds(trial.households, trial.ofHouseholds)],
            [words.refused, trial.refused.toLocaleString('en')],
          ]}
        />
        {trial.shown.length > 0 && (
          <section aria-label={words.shown}>
            <Title order={3} mb={4}>
              {words.shown}
            </Title>
            <Stack gap="sm">
              {trial.shown.map(({ at, what, household, held, would, clauses }) => (
                <div key={`${at} ${what} ${household}`}>
                  <Group gap="xs">
                    <StateBadge state={held ? 'completed' : 'off'} label={held ? words.would : words.wouldNot} />
                    <Text size="sm">{what}</Text>
                    <Text size="sm" c="dimmed">
                      <Time at={at} />
                    </Text>
                  </Group>
                  <Clauses clauses={clauses} />
                  {would.length > 0 && (
                    <List size="sm">
                      {would.map((each) => (
                        <List.Item key={each}>{each}</List.Item>
                      ))}
                    </List>
                  )}
                </div>
              ))}
            </Stack>
          </section>
        )}
      </Stack>
    </Paper>
  )
}

function Activate({ version, trial, onClose }: { version: Version; trial: Trial; onClose: () => void }) {
  const [isEveryone, setEveryone] = useState(false)
  const [isBlind, setBlind] = useState(false)
  const isUnseen = trial.seen === 0
  const name = version.document.name
  const activate = useAction({
    run: async () => {
      const acknowledge: ('everyone' | 'nothing-seen')[] = []
      if (isEveryone) acknowledge.push('everyone')
      if (isBlind) acknowledge.push('nothing-seen')
      const params = { path: { id: version.policy, version: version.version } }
      const body = { trial: trial.id, acknowledge }
      return answer(await api.POST('/api/v1/policies/{id}/versions/{version}/activate', { params, body }))
    },
    done: () => policies.activate.done(name, version.version),
    changes: [['policies']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={policies.activate.title(name, version.version)}
      verb={policies.activate.verb}
      isOff={(trial.everyone && !isEveryone) || (isUnseen && !isBlind)}
      isPending={activate.isPending}
      error={activate.error}
      onConfirm={() => activate.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{policies.activate.text}</Text>
        <Text size="sm" fw={600}>
          {trial.summary}
        </Text>
        {trial.everyone && (
          <Checkbox
            label={policies.activate.everyone(trial.households, trial.ofHouseholds)}
            checked={isEveryone}
            onChange={(event) => setEveryone(event.currentTarget.checked)}
          />
        )}
        {isUnseen && (
          <Checkbox
            label={policies.activate.nothingSeen}
            checked={isBlind}
            onChange={(event) => setBlind(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </Confirm>
  )
}
