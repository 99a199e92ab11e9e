import { Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { overview } from '#words/overview.ts'
import { countIn, number } from './numbers.ts'
import { waiting } from './queries.ts'

const words = overview.attention

interface AttentionProps {
  readonly fleet: Schemas['FleetTally'] | undefined
  readonly work: Schemas['WorkTally'] | undefined
  readonly lately: Schemas['OutcomeSeries'] | undefined
}

interface Matter {
  readonly text: string
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
}

/** What somebody should look at, worst first; each leads there. */
export function Attention({ fleet, work, lately }: AttentionProps) {
  const { data: waits } = useQuery(waiting)
  const isKnown = fleet !== undefined && work !== undefined && lately !== undefined && waits !== undefined
  const matters = isKnown ? mattersOf(fleet, work, lately, waits) : []
  return (
    <section aria-live="polite">
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      {!isKnown && <Skeleton height={24} width={260} />}
      {isKnown && matters.length === 0 && (
        <Group gap="xs">
          <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" aria-hidden />
          <Text size="sm">{words.none}</Text>
        </Group>
      )}
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {matters.map(({ text, to, search }) => (
          <Group key={text} gap="xs" component="li" wrap="nowrap">
            <IconAlertTriangle size={18} color="var(--mantine-color-orange-6)" style={{ flex: 'none' }} aria-hidden />
            <Anchor component={Link} to={to} search={(search ?? {}) as never} size="sm">
              {text}
            </Anchor>
          </Group>
        ))}
      </Stack>
    </section>
  )
}

interface Waits {
  readonly enrolments: { readonly count: number; readonly isMore: boolean }
  readonly approvals: { readonly count: number; readonly isMore: boolean }
  readonly instances: { readonly count: number; readonly isMore: boolean }
  readonly ending: readonly string[]
}

function mattersOf(
  fleet: Schemas['FleetTally'],
  work: Schemas['WorkTally'],
  lately: Schemas['OutcomeSeries'],
  waits: Waits,
): Matter[] {
  const failed = lately.points.reduce((total, point) => total + point.failed, 0)
  const quarantined = fleet.byState.find(({ state }) => state === 'quarantined')?.devices ?? 0
  const campaigns = (state: string): number => countIn(work.campaigns, [state], 'campaigns')
  const when = (count: number, matter: Matter): Matter[] => (count > 0 ? [matter] : [])
  const things = (count: number, noun: keyof typeof words.nouns, isMore = false): string =>
    `${number(count)}${isMore ? '+' : ''} ${words.nouns[noun][count === 1 ? 0 : 1]}`
  const { enrolments, approvals, instances, ending } = waits
  return [
    ...ending.map((role) => ({ text: words.trust(role), to: '/settings' })),
    ...when(instances.count, {
      text: words.instances(things(instances.count, 'instance', instances.isMore)),
      to: '/instances',
      search: { attention: 'true' },
    }),
    ...when(work.jeopardy.red, {
      text: words.late(things(work.jeopardy.red, 'order')),
      to: '/orders',
      search: { jeopardy: 'red', stage: 'open' },
    }),
    ...when(quarantined, {
      text: words.quarantined(things(quarantined, 'device')),
      to: '/devices',
      search: { q: 'device.state == "quarantined"' },
    }),
    ...when(failed, {
      text: words.failed(things(failed, 'delivery')),
      to: '/deliveries',
      search: { state: 'failed', made: '24h' },
    }),
    ...when(campaigns('paused'), {
      text: words.paused(things(campaigns('paused'), 'campaign')),
      to: '/campaigns',
      search: { state: 'paused' },
    }),
    ...when(campaigns('waiting'), {
      text: words.waiting(things(campaigns('waiting'), 'campaign')),
      to: '/campaigns',
      search: { state: 'waiting' },
    }),
    ...when(enrolments.count, {
      text: words.enrolments(things(enrolments.count, 'device', enrolments.isMore)),
      to: '/enrolments',
    }),
    ...when(approvals.count, {
      text: words.approvals(things(approvals.count, 'approval', approvals.isMore)),
      to: '/approvals',
    }),
    ...when(work.jeopardy.amber, {
      text: words.mayBeLate(things(work.jeopardy.amber, 'order')),
      to: '/orders',
      search: { jeopardy: 'amber', stage: 'open' },
    }),
  ]
}
