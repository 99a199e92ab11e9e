import { failed, faultSentence } from '../mapping/faults.ts'
import { emptyMemory, withoutWork, withWork, workOf, type Memory } from './memory.ts'
import type { Change, Facts, Situation } from './situation.ts'
import type { Input } from '@sutler/device-model'
import type { CpeRequest, Inform, TransferComplete, UnitStateChangeComplete } from '../wire/values.ts'

const tells = new Set([
  '4 VALUE CHANGE',
  '10 AUTONOMOUS TRANSFER COMPLETE',
  '11 DU STATE CHANGE COMPLETE',
  '12 AUTONOMOUS DU STATE CHANGE COMPLETE',
])

/** The deployment unit is there already, is not there, or is being worked on. */
const otherState = new Set([9026, 9028, 9029])
const retries = 3

/** What an Inform means: what is remembered from here on, and what is known at the start of its session. */
export function informed(
  before: Memory,
  inform: Inform,
  session: string,
): { memory: Memory; facts: Facts; inputs: Input[] } {
  const events = inform.events.map(({ code }) => code)
  const values = new Map(inform.parameters.map((parameter) => [parameter.name, parameter]))
  const root = rootOf(inform) ?? (before.root || 'Device.')
  const at = (name: string) => values.get(root + name)?.value.trim()
  const softwareVersion = (at('DeviceInfo.SoftwareVersion') ?? before.softwareVersion).slice(0, 256)
  const kept = keptOf(before, root, events, at('ManagementServer.ParameterKey'))
  const renewed = softwareVersion === kept.softwareVersion || kept.softwareVersion === ''
  const url = at('ManagementServer.ConnectionRequestURL') ?? before.connectionRequestUrl
  const memory = {
    ...(renewed ? kept : afresh(kept)),
    root,
    softwareVersion,
    connectionRequestUrl: url.slice(0, 1024),
  }
  const inventory = renewed && memory.told && events.some((event) => tells.has(event))
  const facts = {
    events,
    values,
    asked: new Set<string>(),
    units: null,
    report: !memory.told,
    inventory,
    told: 0,
    names: [],
  }
  return { memory, facts, inputs: hello(inform, softwareVersion, session) }
}

/** A device that was reset has lost what was put into it, and may have become another one. */
function keptOf(before: Memory, root: string, events: readonly string[], parameterKey: string | undefined): Memory {
  if (events.includes('0 BOOTSTRAP') || root !== before.root)
    return { ...emptyMemory(before.identity), works: before.works, firmware: before.firmware }
  const { key, state } = before.settled
  return state === 'given' && parameterKey === key ? { ...before, settled: { key, state: 'shown' } } : before
}

/** Another firmware may know other methods and have other parameters. */
function afresh(memory: Memory): Memory {
  return {
    ...memory,
    methods: null,
    refused: [],
    names: null,
    told: false,
    settled: { key: '', state: 'given' as const },
  }
}

function rootOf({ parameters }: Inform): string | null {
  for (const { name } of parameters) {
    const root = /^(?:Device|InternetGatewayDevice)\./.exec(name)
    if (root) return root[0]
  }
  return null
}

/** A start of the device; what it says at other times is no news. */
function hello({ device, events }: Inform, softwareVersion: string, session: string): Input[] {
  if (!events.some(({ code }) => code === '1 BOOT' || code === '0 BOOTSTRAP')) return []
  const agent = `${device.manufacturer} ${device.productClass} ${softwareVersion}`.trim().slice(0, 200)
  return [{ id: `${session}-hello`, kind: 'hello', agent, boot: session }]
}

/** What a request of the device within a session means. */
export function received(situation: Situation, request: CpeRequest): Change {
  switch (request.method) {
    case 'TransferComplete':
      return transferComplete(situation, request)
    case 'DUStateChangeComplete':
      return unitStateChanged(situation, request)
    case 'AutonomousTransferComplete':
      return autonomous(situation, request.fault.code === 0 ? null : faultSentence(request.fault))
    case 'AutonomousDUStateChangeComplete': {
      const wrong = request.results.find(({ fault, state }) => fault.code !== 0 || state === 'Failed')
      return autonomous(situation, wrong ? faultSentence(wrong.fault) : null)
    }
    default:
      return {}
  }
}

/** A.3.3.2. The key alone says what it is about: the event may come with it, a session before it, or never. */
function transferComplete({ memory, session }: Situation, { commandKey, fault }: TransferComplete): Change {
  const work = workOf(memory, commandKey)
  const own = work && (work.means === 'download' || work.means === 'upload')
  if (!own || work.means === 'upload') {
    const gone = work ? { memory: withoutWork(memory, work.output) } : {}
    if (fault.code === 0) return gone
    const detail = `The transfer ${commandKey || 'without a key'} failed. ${faultSentence(fault)}`
    return { ...gone, inputs: [{ id: `${session}-transfer`, kind: 'fault', code: String(fault.code), detail }] }
  }
  if (fault.code !== 0)
    return {
      memory: withoutWork(memory, work.output),
      inputs: [failed(`o${work.output}-outcome`, work.delivery, fault)],
    }
  return { memory: withWork(memory, { ...work, state: 'transferred', missed: 0 }) }
}

/** A.4.2.3 */
function unitStateChanged({ memory, facts }: Situation, { commandKey, results }: UnitStateChangeComplete): Change {
  const work = workOf(memory, commandKey)
  const changed: Partial<Facts> = { units: null, inventory: memory.told || facts.inventory }
  if (work === undefined || work.means !== 'units') return { facts: changed }
  const result = results.find(({ uuid }) => uuid.toLowerCase() === work.uuid.toLowerCase()) ?? results[0]
  if (result === undefined || result.state === 'Failed' || result.fault.code !== 0) {
    // Another operation was faster: what is there now decides whether it is an installation or an update.
    if (result && otherState.has(result.fault.code) && work.missed < retries)
      return {
        memory: withWork(memory, { ...work, state: 'asked', sent: false, missed: work.missed + 1 }),
        facts: changed,
      }
    const fault = result?.fault ?? { code: 9002, text: 'no result of the operation' }
    const inputs = [failed(`o${work.output}-outcome`, work.delivery, fault)]
    return { memory: withoutWork(memory, work.output), facts: changed, inputs }
  }
  const said = { name: work.unit.name, version: result.version || work.unit.version }
  return { memory: withWork(memory, { ...work, state: 'transferred', said, missed: 0 }), facts: changed }
}

/** Something has changed that was not ordered here. */
function autonomous({ memory, session }: Situation, wrong: string | null): Change {
  const facts = { units: null, inventory: memory.told }
  if (wrong === null) return { facts }
  return { facts, inputs: [{ id: `${session}-autonomous`, kind: 'fault', code: 'autonomous', detail: wrong }] }
}
