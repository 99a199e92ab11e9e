import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'

const run = promisify(execFile)
const root = new URL('../../', import.meta.url).pathname
const monitoring = join(root, 'deploy/monitoring')

interface Alert {
  readonly alert: string
  readonly text: string
  readonly runbook: string | undefined
}

interface Panel {
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
}

let hub: ComposedHub
let alerts: readonly Alert[]
let panels: readonly Panel[]

beforeAll(async () => {
  hub = await composeHub({ clock: manualClock(Date.now()) })
  const rules = (await readFile(join(monitoring, 'alerts.yml'), 'utf8')).split('- alert: ').slice(1)
  alerts = rules.map((text) => ({ alert: /^\w+/.exec(text)![0], text, runbook: /runbook: (\S+)/.exec(text)?.[1] }))
  const dashboard = await readFile(join(monitoring, 'grafana-dashboard.json'), 'utf8')
  panels = (JSON.parse(dashboard) as { panels: Panel[] }).panels
}, 120_000)

afterAll(() => hub?.stop(), 60_000)

/** Of the hub; `up` is Prometheus's own. */
function metricsIn(expression: string): string[] {
  return [...expression.matchAll(/\b(sutler|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name)
}

describe('what watches a hub', { timeout: 60_000 }, () => {
  it('asks for measurements that a hub shows', async () => {
    const authorization = `Bearer ${hub.connection.token}`
    const shown = await (await fetch(`${hub.url}/metrics`, { headers: { authorization } })).text()
    // Families without a sample yet are known by their type.
    const families = new Set(
      [...shown.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name!],
      ),
    )
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    const asked = [...alerts.map(({ text }) => text), ...expressions].flatMap(metricsIn)
    expect(asked.length).toBeGreaterThan(30)
    expect([...new Set(asked)].filter((name) => !families.has(name))).toEqual([])
  })

  it('shows every measurement of its own that the hub has', async () => {
    const authorization = `Bearer ${hub.connection.token}`
    const shown = await (await fetch(`${hub.url}/metrics`, { headers: { authorization } })).text()
    const own = [...shown.matchAll(/^# TYPE (sutler_\S+) /gm)].map(([, name]) => name!)
    const page = await readFile(join(root, 'docs/operations/monitoring.md'), 'utf8')
    expect(own.filter((name) => !page.includes(`\`${name}`))).toEqual([])
  })

  it('has a heading in the runbook for every alert, and an alert for every heading', async () => {
    const runbook = await readFile(join(root, 'docs/operations/runbook.md'), 'utf8')
    const headings = [...runbook.matchAll(/^## (Sutler\w+)$/gm)].map(([, name]) => name)
    expect(headings).toEqual(alerts.map(({ alert }) => alert))
    for (const { alert, runbook: named } of alerts)
      expect(named).toBe(`docs/operations/runbook.md#${alert.toLowerCase()}`)
  })

  it('fires when it should and not when it should not, by Prometheus itself', async () => {
    await run('promtool', ['check', 'rules', 'alerts.yml'], { cwd: monitoring })
    const { stdout } = await run('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: monitoring })
    expect(stdout).toContain('SUCCESS')
  })
})
