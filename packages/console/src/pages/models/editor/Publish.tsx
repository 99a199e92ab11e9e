import { Alert, List, Loader, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { models } from '#words/models.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { useAction } from '../../../parts/useAction.tsx'

interface PublishProps {
  readonly text: string
  readonly name: string
  readonly version: string
  readonly onPublished: () => void
  readonly onClose: () => void
}

/** Publishes a text, after the hub has said what it thinks of it: it knows its tasks, other models and what a role asks. */
export function Publish({ text, name, version, onPublished, onClose }: PublishProps) {
  const navigate = useNavigate()
  const checked = useQuery({
    queryKey: ['models', 'check', text],
    queryFn: async () => answer(await api.POST('/api/v1/models/check', { body: { text } })),
    gcTime: 0,
  })
  const publish = useAction({
    run: async () => answer(await api.POST('/api/v1/models', { body: { text } })),
    done: (published) => models.publishing.done(published.name, published.version),
    changes: [['models']],
    onDone(published) {
      onPublished()
      onClose()
      void navigate({
        to: '/models/$name/$version',
        params: { name: published.name, version: published.version },
      })
    },
  })
  const findings = checked.data?.findings ?? []
  const isRefused = checked.data?.sound === false
  return (
    <Confirm
      title={models.publishing.title(name, version)}
      verb={models.publishing.verb}
      isPending={publish.isPending || checked.isPending}
      isOff={isRefused}
      error={publish.error}
      onConfirm={() => publish.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{models.publishing.text}</Text>
        {checked.isPending && (
          <Text size="sm" c="dimmed">
            <Loader size="xs" mr={8} />
            {models.publishing.checking}
          </Text>
        )}
        <Fault error={checked.error} />
        {findings.length > 0 && (
          <Alert
            color={isRefused ? 'red' : 'yellow'}
            title={isRefused ? models.publishing.refused : models.publishing.warnings}
          >
            <FindingList findings={findings} />
          </Alert>
        )}
      </Stack>
    </Confirm>
  )
}

function FindingList({ findings }: { findings: readonly Schemas['ModelFinding'][] }) {
  return (
    <List size="sm">
      {findings.slice(0, 20).map(({ code, message, line, pointer }) => (
        <List.Item key={`${code} ${line} ${pointer} ${message}`}>
          {line !== undefined && `${models.editor.line(line)}: `}
          {message}
        </List.Item>
      ))}
    </List>
  )
}
