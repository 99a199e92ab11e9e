import { Badge, type MantineColor } from '@mantine/core'

/** One meaning per colour, everywhere; the word is always there, too. */
const colours: Readonly<Record<string, MantineColor>> = {
  active: 'teal',
  completed: 'teal',
  confirmed: 'teal',
  released: 'teal',
  granted: 'teal',
  approved: 'teal',
  healthy: 'teal',
  inProgress: 'blue',
  running: 'blue',
  provisioning: 'blue',
  updating: 'blue',
  accepted: 'blue',
  planning: 'blue',
  acknowledged: 'blue',
  candidate: 'blue',
  pending: 'yellow',
  waiting: 'yellow',
  held: 'yellow',
  paused: 'yellow',
  quarantined: 'orange',
  degraded: 'orange',
  partial: 'orange',
  suspended: 'orange',
  deprecated: 'orange',
  amber: 'orange',
  failed: 'red',
  rejected: 'red',
  denied: 'red',
  aborted: 'red',
  red: 'red',
  disabled: 'red',
}

/** The state of something, as the API calls it. @param label what to show in place of its name */
export function StateBadge({ state, label }: { state: string; label?: string }) {
  const colour = colours[state] ?? 'gray'
  // Mantine’s own is too faint on its ground (WCAG 2.2, 1.4.3).
  const [onLight, onDark] = [
    `color-mix(in srgb, var(--mantine-color-${colour}-9) 60%, black)`,
    `var(--mantine-color-${colour}-2)`,
  ]
  return (
    <Badge color={colour} c={`light-dark(${onLight}, ${onDark})`} miw="max-content">
      {label ?? spaced(state)}
    </Badge>
  )
}

/** `inProgress` → `in progress` */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
