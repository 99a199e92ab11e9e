import { Alert, List, Stack, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { catalogue } from '#words/catalogue.ts'

type Resolution = Schemas['Resolution']

/** What an order would come to on the devices of a household, or why it cannot be. */
export function ResolutionView({ resolution }: { resolution: Resolution }) {
  if (!resolution.ok)
    return (
      <Alert color="red" title={catalogue.previewImpossible}>
        <List size="sm">
          {resolution.reasons.map(({ sentence }) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      </Alert>
    )
  const changes = resolution.assignment.filter(
    ({ before, version, because }) => before !== version || because === 'wished',
  )
  return (
    <Stack gap="xs">
      <Title order={3}>{catalogue.installs}</Title>
      {changes.length === 0 && <Text size="sm">{catalogue.previewNothing}</Text>}
      <List size="sm">
        {changes.map((change) => (
          <Installed key={change.service} change={change} />
        ))}
      </List>
      {resolution.remove.length > 0 && (
        <>
          <Title order={3}>{catalogue.removes}</Title>
          <List size="sm">
            {resolution.remove.map(({ service, version, reason }) => (
              <List.Item key={service}>{`${service} ${version}: ${reason}`}</List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  )
}

function Installed({ change }: { change: Resolution['assignment'][number] }) {
  const { service, version, before, because, by, devices, leftOut } = change
  const shown = before === null || before === version ? version : catalogue.replaces(before, version)
  const why = [catalogue.because[because], by === null ? null : catalogue.by(by)].filter(Boolean).join(' ')
  return (
    <List.Item>
      <strong>{`${service} ${shown}`}</strong>
      {` ${catalogue.on(devices.length)} (${why})`}
      {leftOut.map(({ device, reason }) => (
        <Text key={device} size="xs" c="dimmed">
          {catalogue.leftOut(device, reason)}
        </Text>
      ))}
    </List.Item>
  )
}
