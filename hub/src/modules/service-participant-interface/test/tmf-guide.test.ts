import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cancellationStates } from '../domain/tmf/cancellation-view.ts'
import { notificationsOf } from '../domain/tmf/notification.ts'
import { serviceStates } from '../domain/tmf/service-view.ts'
import { lifecycleStatuses } from '../domain/tmf/specification-view.ts'

const guide = readFileSync(new URL('../../../../../docs/guide/tmf.md', import.meta.url), 'utf8')
const row = (from: string, to: string): string => `| \`${from}\` | \`${to}\` |`

test('the guide’s tables are the code’s', () => {
  const notifications = Object.values(notificationsOf).flatMap((table) => Object.entries(table))
  const services = Object.entries(serviceStates).flatMap(([state, { commercial }]) =>
    commercial.filter((side) => side !== 'ended').map((side) => row(side, state)),
  )
  const rows = [
    ...Object.entries(cancellationStates).map(([from, to]) => row(from, to)),
    ...Object.entries(lifecycleStatuses).map(([from, to]) => row(from, to)),
    ...notifications.map(([from, { type }]) => row(from, type)),
    ...services,
  ]
  expect(rows.filter((each) => !guide.includes(each))).toEqual([])
})
