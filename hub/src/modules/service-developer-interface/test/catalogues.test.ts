import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../../platform/metrics.ts'
import { createServiceDefinitions, type Catalogue } from '../../service-definitions/index.ts'
import { houses, type House } from './house.ts'

const house = houses()

const phone = { id: 'dev-1', class: 'phone', report: null } as const

const release = ({ database, definitions }: House, service: string) =>
  database.transaction((tx) => definitions.setState(tx, 'main', service, '1.0.0', { state: 'released', by: 'dora' }))

async function publish({ call, file }: House, service: string, version: string, relations: object[] = []) {
  await call('dora', 'POST', '/services', { id: service, title: service })
  const files = [await file('index.html', 'x')]
  const components = [{ name: 'app', deviceClass: 'phone', files }]
  await call('dora', 'POST', `/services/${service}/versions`, { version, components, relations })
}

const versions = (catalogue: Catalogue, service: string) =>
  catalogue.services.find(({ id }) => id === service)?.versions.map(({ version }) => version)

describe('a catalogue', () => {
  it('has what is asked for, and what that may bring along', async () => {
    const made = await house()
    const { definitions } = made
    await publish(made, 'guide', '1.0.0', [{ kind: 'requires', service: 'list', range: '*' }])
    await publish(made, 'list', '1.0.0', [{ kind: 'extends', service: 'store', range: '*' }])
    await publish(made, 'radio', '1.0.0')
    for (const service of ['guide', 'list', 'radio']) await release(made, service)
    const catalogue = await definitions.catalogue(null, 'main', ['guide'])
    expect(catalogue.services.map(({ id }) => id)).toEqual(['guide', 'list', 'store'])
    expect([versions(catalogue, 'guide'), versions(catalogue, 'store')]).toEqual([['1.0.0'], []])
    expect(catalogue.find('list', '1.0.0')?.components[0]).toMatchObject({ name: 'app', after: [], files: 1, bytes: 1 })
    expect(await definitions.catalogue(null, 'main', ['guide'])).toBe(catalogue)
    expect((await definitions.catalogue(null, 'acme', ['guide'])).services[0]?.versions).toEqual([])
  })

  it('is as the database is, also after a change by another hub', async () => {
    const made = await house()
    const other = createServiceDefinitions({ ...made.parts, metrics: createMetrics() })
    await publish(made, 'guide', '1.0.0', [{ kind: 'requires', service: 'list', range: '*' }])
    await publish(made, 'list', '1.0.0')
    await release(made, 'guide')
    const wishes = [{ service: 'guide', channel: 'stable' as const }]
    const told = async () => {
      const catalogue = await other.catalogue(null, 'main', ['guide'])
      const answer = other.resolve(catalogue, { devices: [phone], wishes, installed: [] })
      return answer.ok ? answer.order : answer.reasons.map(({ sentence }) => sentence)
    }
    expect(await told()).toEqual(['guide is wished', 'guide 1.0.0 requires list *, and there is no version of list'])
    await release(made, 'list')
    expect(await told()).toEqual([['list'], ['guide']])
  })
})
