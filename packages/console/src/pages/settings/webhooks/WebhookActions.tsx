import { Button, Menu, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { webhooks as words } from '#words/webhooks.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import { WebhookForm } from './WebhookForm.tsx'

type Webhook = Schemas['Webhook']
type Asked = 'change' | 'off' | 'on' | 'rotate' | 'replay' | 'remove'

interface Acting {
  readonly webhook: Webhook
  readonly onClose: () => void
}

export function WebhookActions({ webhook, etag }: { webhook: Webhook; etag: string }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const close = (): void => setAsked(null)
  const test = useAction({
    run: async () => answer(await api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id: webhook.id } } })),
    done: ({ outcome, status }) => words.tested(outcome, status === null ? '' : String(status)),
    changes: [['webhooks']],
  })
  const isOn = webhook.state === 'active'
  return (
    <>
      <Button onClick={() => test.mutate()} loading={test.isPending}>
        {words.test}
      </Button>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {settings.change}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('change')}>{words.edit}</Menu.Item>
          <Menu.Item onClick={() => setAsked(isOn ? 'off' : 'on')}>{isOn ? words.off : words.on}</Menu.Item>
          <Menu.Item onClick={() => setAsked('replay')}>{words.replay}</Menu.Item>
          <Menu.Item onClick={() => setAsked('rotate')}>{words.rotate}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsked('remove')}>
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Fault error={test.error} />
      {(asked === 'off' || asked === 'on') && <Switch webhook={webhook} etag={etag} to={asked} onClose={close} />}
      {asked === 'change' && <WebhookForm of={{ webhook, etag }} onClose={close} />}
      {asked === 'replay' && <Replay webhook={webhook} onClose={close} />}
      {asked === 'remove' && <Remove webhook={webhook} onClose={close} />}
      {asked === 'rotate' && (
        <Rotate
          webhook={webhook}
          onClose={close}
          onSecret={(made) => {
            close()
            setSecret(made)
          }}
        />
      )}
      {secret !== null && (
        <ShownOnce title={words.secret} text={words.secretText} value={secret} onClose={() => setSecret(null)} />
      )}
    </>
  )
}

function Switch({ webhook: { id }, etag, to, onClose }: Acting & { etag: string; to: 'off' | 'on' }) {
  const [resume, setResume] = useState<'where-it-stopped' | 'now'>('where-it-stopped')
  const change = useAction({
    run: async () => {
      const body = to === 'off' ? { state: 'disabled' as const } : { state: 'active' as const, resume }
      const headers = { 'If-Match': etag }
      return answer(await api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id } }, body, headers }))
    },
    done: () => (to === 'off' ? words.offDone : words.onDone),
    changes: [['webhooks']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={to === 'off' ? words.offTitle : words.onTitle}
      verb={to === 'off' ? words.off : words.on}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {to === 'off' ? (
        <Text size="sm">{words.offText}</Text>
      ) : (
        <Radio.Group label={words.onText} value={resume} onChange={(next) => setResume(next as typeof resume)}>
          <Stack gap={6} mt={4}>
            <Radio value="where-it-stopped" label={words.resume['where-it-stopped']} />
            <Radio value="now" label={words.resume.now} />
          </Stack>
        </Radio.Group>
      )}
    </Confirm>
  )
}

function Replay({ webhook: { id }, onClose }: Acting) {
  const [from, setFrom] = useState('')
  const replay = useAction({
    run: async () => {
      const body = { from: new Date(from).toISOString() }
      return answer(await api.POST('/api/v1/webhooks/{id}/replay', { params: { path: { id } }, body }))
    },
    done: () => words.replayed,
    changes: [['webhooks']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.replayTitle}
      verb={words.replayVerb}
      isOff={Number.isNaN(Date.parse(from))}
      isPending={replay.isPending}
      error={replay.error}
      onConfirm={() => replay.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.replayText}</Text>
        <TextInput
          type="datetime-local"
          label={words.replayFrom}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data-autofocus
        />
      </Stack>
    </Confirm>
  )
}

function Rotate({ webhook: { id }, onClose, onSecret }: Acting & { onSecret: (secret: string) => void }) {
  const rotate = useAction({
    run: async () => answer(await api.POST('/api/v1/webhooks/{id}/secret', { params: { path: { id } }, body: {} })),
    done: () => words.rotated,
    changes: [['webhooks']],
    onDone: ({ secret }) => onSecret(secret),
  })
  return (
    <Confirm
      title={words.rotateTitle}
      verb={words.rotateVerb}
      isPending={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.rotateText}</Text>
    </Confirm>
  )
}

function Remove({ webhook: { id, name, url }, onClose }: Acting) {
  const navigate = useNavigate()
  const remove = useAction({
    run: async () => answer(await api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } })),
    done: () => words.removed,
    changes: [['webhooks', 'list']],
    onDone: () => void navigate({ to: '/settings/webhooks' }),
  })
  return (
    <Confirm
      title={words.removeTitle}
      verb={words.remove}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm" mb="xs">
        {name || url}
      </Text>
      <Text size="sm">{words.removeText}</Text>
    </Confirm>
  )
}
