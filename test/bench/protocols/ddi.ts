import { answer } from '@sutler/client'
import { deploymentBase } from '../../../protocols/ddi/src/wire/documents.ts'
import { readFeedback } from '../../../protocols/ddi/src/wire/feedback.ts'
import { DdiDevice } from '../../../simulators/src/ddi/ddi-device.ts'
import { createHousehold } from '../../journeys/household.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { benchHub } from '../bench-hub.ts'
import type { BenchOptions, Figures } from '../measure.ts'
import { rounds } from './codec.ts'
import { requests } from './requests.ts'

const devices = 480

/** DDI devices poll, and there is nothing to do; and what reading and writing their documents costs. */
export async function ddi(options: BenchOptions): Promise<Figures> {
  const hub = await benchHub(options, { SUTLER_PROTOCOLS: 'ddi' })
  const polls = await pollsOf(hub)
  const body = '{"config":{"polling":{"sleep":"00:05:00"}},"_links":{}}'
  const bare = { headers: { 'content-type': 'application/json', 'content-length': String(body.length) }, body }
  const asked = { hub: { port: Number(new URL(hub.url).port), pid: hub.pid }, request: polls, status: 200, bare }
  const { rate, cpu } = await requests(asked, options, '≥ 3,000 1/s, ratio ≥ 0.5')
  options.say(`polls with nothing to do ${rate.value.toFixed(0)} 1/s; ${rate.against}`)
  return { 'protocols.ddi.poll': rate, 'protocols.ddi.poll_cpu': cpu, ...codec(options) }
}

/** The polls of devices that have said what they are. */
async function pollsOf(hub: HubProcess): Promise<string[]> {
  const household = await createHousehold(hub)
  const polls: string[] = []
  for (let device = 0; device < devices; device++) {
    const identity = `box-${device}`
    const body = { household, class: 'gateway' as const, protocol: 'ddi' as const, identity }
    const token = answer(await hub.api.POST('/api/v1/devices', { body })).credential!.secret!
    const credential = { targetToken: token }
    await new DdiDevice({
      hub: hub.url,
      tenant: 'main',
      controller: identity,
      credential,
      attributes: { arch: 'arm' },
    }).poll()
    const head = [`GET /main/controller/v1/${identity} HTTP/1.1`, `Host: ${new URL(hub.url).host}`]
    polls.push([...head, `Authorization: TargetToken ${token}`, 'Accept: application/json', '\r\n'].join('\r\n'))
  }
  return polls
}

const status = {
  result: { progress: { cnt: 3, of: 5 }, finished: 'none' },
  execution: 'proceeding',
  details: ['Installing Update Chunk Artifacts.'],
}
const feedback = Buffer.from(JSON.stringify({ id: '12', time: '20261122T061442', status }))
const digests = { sha1: 'a'.repeat(40), md5: 'b'.repeat(32), sha256: 'c'.repeat(64) }
const artifacts = [{ filename: 'image.swu', size: 3_002_368, ...digests }]
const chunk = { part: 'os', name: 'linux', version: '2.0', artifacts, metadata: [['sutler.service', 'os']] as const }
const terms = { download: 'forced', update: 'forced', window: null } as const
const urls = { controller: 'http://hub:8080/main/controller/v1/box-1' }

function codec(options: BenchOptions): Figures {
  const document: unknown = JSON.parse(deploymentBase(urls, 12, terms, chunk, null))
  return {
    'protocols.ddi.read_feedback': rounds(
      () => readFeedback(feedback),
      () => JSON.parse(feedback.toString('utf8')),
      'JSON.parse',
      options,
    ),
    'protocols.ddi.write_deployment': rounds(
      () => deploymentBase(urls, 12, terms, chunk, null),
      () => JSON.stringify(document),
      'JSON.stringify',
      options,
    ),
  }
}
