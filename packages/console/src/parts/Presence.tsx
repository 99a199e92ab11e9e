import { Group, Text } from '@mantine/core'
import { fleet } from '#words/fleet.ts'
import { Time } from './Time.tsx'

interface PresenceProps {
  readonly reachable: boolean
  /** When it was last connected or lost; null before the first time. */
  readonly since: string | null
}

/** Whether a device is connected, and since when it is, or is not. */
export function Presence({ reachable, since }: PresenceProps) {
  const words = reachable ? fleet.connected : since === null ? fleet.neverConnected : fleet.lastSeen
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <span
        aria-hidden
        style={{
          width: 8,
          height: 8,
          flex: 'none',
          borderRadius: '50%',
          background: reachable ? 'var(--mantine-color-teal-6)' : 'transparent',
          border: reachable ? 'none' : '1.5px solid var(--mantine-color-dimmed)',
        }}
      />
      <Text size="sm" component="span" style={{ whiteSpace: 'nowrap' }}>
        {words} {!reachable && since !== null && <Time at={since} />}
      </Text>
    </Group>
  )
}
