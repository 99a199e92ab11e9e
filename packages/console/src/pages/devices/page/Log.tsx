import { Button, Code, Group, ScrollArea, Stack, Text } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { device as words } from '#words/device.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { api } from '../../../api/client.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { ExactTime } from '../../../parts/Time.tsx'
import { useDialog } from '../../../parts/useDialog.tsx'
import type { Device } from '../columns.tsx'
import { AskDialog } from './dialogs/AskDialog.tsx'

/** Logs that were collected from the device; a new one appears when it comes. */
export function Log({ device }: { device: Device }) {
  const { id } = device
  const mayAsk = hasRole(usePrincipal(), 'operator')
  const logs = useQuery({
    queryKey: ['device', id, 'logs'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/devices/{id}/logs', { params: { path: { id }, query: { limit: 20 } } })),
  })
  const dialog = useDialog<'log'>()
  return (
    <Stack>
      {mayAsk && (
        <Group>
          <Button variant="default" onClick={() => dialog.open('log')}>
            {words.log.ask}
          </Button>
        </Group>
      )}
      <Fault error={logs.error} />
      {logs.data?.items.length === 0 && <Empty title={words.log.none} text={words.log.noneText} />}
      {logs.data?.items.map((log) => (
        <section key={log.id} aria-label={words.log.of}>
          <Text size="sm" c="dimmed" mb={4}>
            {words.log.received} <ExactTime at={log.receivedAt} />
          </Text>
          <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0 }}>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {log.text}
            </Code>
          </ScrollArea.Autosize>
        </section>
      ))}
      {dialog.when('log', () => (
        <AskDialog what="log" device={device} onClose={dialog.close} />
      ))}
    </Stack>
  )
}
