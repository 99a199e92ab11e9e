import { faultSentence } from '../../mapping/faults.ts'
import { mayKnow, withRefused } from '../memory.ts'
import { isAnswer, nowAsked, type Rule, type Situation } from '../situation.ts'
import type { SetValue } from '../../wire/values.ts'

/** Management settings that this ACS gives a device, relative to the root (TR-181 and TR-098 alike). */
export const settingNames: readonly string[] = [
  'ManagementServer.PeriodicInformEnable',
  'ManagementServer.PeriodicInformInterval',
  'ManagementServer.PeriodicInformTime',
  'ManagementServer.ConnectionRequestUsername',
  'ManagementServer.ConnectionRequestPassword',
  'ManagementServer.UpgradesManaged',
  'ManagementServer.AutonomousTransferCompletePolicy.Enable',
  'ManagementServer.DUStateChangeComplPolicy.Enable',
]

/**
 * Gives the device its periodic Inform, spread so that a fleet does not come at once, and the login of connection requests. It
 * names the ParameterKey in each Inform (A.3.2.1): when it names another one, it has lost them, unless it never named it.
 */
export const settle: Rule = (situation) => {
  const { memory, facts, settings } = situation
  const key = settings.parameterKey
  if (memory.names === null || facts.asked.has('settle')) return null
  if (memory.settled.key === key && memory.settled.state !== 'shown') return null
  if (facts.values.get(`${memory.root}ManagementServer.ParameterKey`)?.value === key) return null
  const wanted = valuesOf(situation)
  if (wanted.length === 0) return null
  const asked = nowAsked(situation, 'settle')
  return {
    task: {
      request: { method: 'SetParameterValues', values: wanted, parameterKey: key },
      answered: (now) => ({ memory: { ...now.memory, settled: { key, state: 'given' } }, facts: asked }),
      failed: (now, fault) => {
        const wrong = fault.parameters.map(({ name, code, text }) => `${name}: ${faultSentence({ code, text })}`)
        const detail = ['The management settings were not taken.', faultSentence(fault), ...wrong].join(' ')
        return {
          memory: { ...now.memory, settled: { key, state: 'refused' } },
          facts: asked,
          inputs: [{ id: `${now.session}-settle`, kind: 'fault', code: String(fault.code), detail }],
        }
      },
    },
  }
}

/** A change of the firmware is told at once: active notification (A.3.2.4), where the device does not have it so already. */
export const watch: Rule = (situation) => {
  const { memory, facts } = situation
  if (!facts.asked.has('settle') || facts.asked.has('watch')) return null
  if (!mayKnow(memory, 'GetParameterAttributes') || !mayKnow(memory, 'SetParameterAttributes')) return null
  const name = `${memory.root}DeviceInfo.SoftwareVersion`
  const level = facts.values.get('notification')?.value
  if (level === undefined)
    return {
      task: {
        request: { method: 'GetParameterAttributes', names: [name] },
        answered: (now, response) => {
          const found = isAnswer(response, 'GetParameterAttributes') ? response.parameters[0]?.notification : undefined
          const values = new Map(now.facts.values)
          values.set('notification', { name: 'notification', value: String(found ?? 2), type: 'int' })
          return { facts: { values } }
        },
        failed: (now, { code }) => refused(now, code, 'GetParameterAttributes'),
      },
    }
  const asked = nowAsked(situation, 'watch')
  if (level === '2') return { change: { facts: asked } }
  return {
    task: {
      request: { method: 'SetParameterAttributes', attributes: [{ name, notification: 2 }] },
      answered: () => ({ facts: asked }),
      failed: (now, { code }) => refused(now, code, 'SetParameterAttributes'),
    },
  }
}

function refused(now: Situation, code: number, method: string) {
  return { memory: code === 9000 ? withRefused(now.memory, method) : now.memory, facts: nowAsked(now, 'watch') }
}

function valuesOf({ memory, settings }: Situation): SetValue[] {
  const login = settings.connectionRequest
  const wanted: Readonly<Record<string, Omit<SetValue, 'name'> | null>> = {
    PeriodicInformEnable: { value: '1', type: 'boolean' },
    PeriodicInformInterval: { value: String(settings.informInterval), type: 'unsignedInt' },
    PeriodicInformTime: { value: settings.informTime(), type: 'dateTime' },
    ConnectionRequestUsername: login && { value: login.username, type: 'string' },
    ConnectionRequestPassword: login && { value: login.password, type: 'string' },
    UpgradesManaged: { value: '1', type: 'boolean' },
    'AutonomousTransferCompletePolicy.Enable': { value: '1', type: 'boolean' },
    'DUStateChangeComplPolicy.Enable': { value: '1', type: 'boolean' },
  }
  return Object.entries(wanted).flatMap(([name, value]) => {
    const relative = `ManagementServer.${name}`
    return value !== null && memory.names?.includes(relative) ? { name: memory.root + relative, ...value } : []
  })
}
