import { CwmpError } from '../errors.ts'
import { boolean, childOf, listOf, neededChild, neededText, time, trimmed, typeOf, unsigned } from './fields.ts'
import type {
  AutonomousTransferComplete,
  AutonomousUnitStateChangeComplete,
  CpeRequest,
  Fault,
  Inform,
  Parameter,
  TransferComplete,
  UnitResult,
  UnitStateChangeComplete,
} from './values.ts'
import type { XmlElement } from './xml/read.ts'

/** Lengths: four times what Annex A says, since clients exceed it; lists: what one session can use. */
const limits = { identity: 256, event: 256, commandKey: 128, name: 1024, text: 1024, url: 4096, events: 64 }
/** Parameters in one message. */
export const parameterLimit = 20_000
const resultLimit = 64

/** Methods that a CPE may call; each decoder is given the method's element. */
export const requestDecoders: Readonly<Record<string, (element: XmlElement) => CpeRequest>> = {
  Inform: inform,
  TransferComplete: transferComplete,
  AutonomousTransferComplete: autonomousTransferComplete,
  DUStateChangeComplete: unitStateChangeComplete,
  AutonomousDUStateChangeComplete: autonomousUnitStateChangeComplete,
  GetRPCMethods: () => ({ method: 'GetRPCMethods' }),
  Kicked: () => ({ method: 'other', name: 'Kicked' }),
  RequestDownload: () => ({ method: 'other', name: 'RequestDownload' }),
}

/** A.3.3.1 */
function inform(element: XmlElement): Inform {
  const clause = 'TR-069 A.3.3.1'
  const device = neededChild(element, 'DeviceId', clause)
  const events = listOf(element, 'Event', clause, limits.events).map((event) => ({
    code: neededText(event, 'EventCode', clause, limits.event),
    commandKey: commandKeyOf(event, clause),
  }))
  return {
    method: 'Inform',
    device: {
      manufacturer: trimmed(device, 'Manufacturer', clause, limits.identity),
      oui: trimmed(device, 'OUI', clause, limits.identity),
      productClass: trimmed(device, 'ProductClass', clause, limits.identity),
      serialNumber: neededText(device, 'SerialNumber', clause, limits.identity),
    },
    events,
    currentTime: time(element, 'CurrentTime'),
    retryCount: unsigned(element, 'RetryCount', clause, 0),
    parameters: parametersOf(element, clause),
  }
}

/** ParameterValueStruct, in an Inform and in GetParameterValuesResponse alike. */
export function parametersOf(element: XmlElement, clause: string): Parameter[] {
  return listOf(element, 'ParameterList', clause, parameterLimit).map((entry) => {
    const name = neededText(entry, 'Name', clause, limits.name)
    const value = neededChild(entry, 'Value', clause)
    const type = typeOf(value)
    return { name, value: type === 'string' ? value.text : value.text.trim(), type }
  })
}

/** A.3.3.2 */
function transferComplete(element: XmlElement): TransferComplete {
  const clause = 'TR-069 A.3.3.2'
  return {
    method: 'TransferComplete',
    commandKey: commandKeyOf(element, clause),
    fault: faultOf(element, 'FaultStruct', clause),
    started: time(element, 'StartTime'),
    completed: time(element, 'CompleteTime'),
  }
}

/** A.3.3.3 */
function autonomousTransferComplete(element: XmlElement): AutonomousTransferComplete {
  const clause = 'TR-069 A.3.3.3'
  return {
    method: 'AutonomousTransferComplete',
    announceUrl: trimmed(element, 'AnnounceURL', clause, limits.url),
    transferUrl: trimmed(element, 'TransferURL', clause, limits.url),
    isDownload: boolean(element, 'IsDownload', clause, true),
    fileType: trimmed(element, 'FileType', clause, limits.text),
    fileSize: unsigned(element, 'FileSize', clause, 0),
    targetFileName: trimmed(element, 'TargetFileName', clause, limits.text),
    fault: faultOf(element, 'FaultStruct', clause),
    started: time(element, 'StartTime'),
    completed: time(element, 'CompleteTime'),
  }
}

/** A.4.2.3 */
function unitStateChangeComplete(element: XmlElement): UnitStateChangeComplete {
  const clause = 'TR-069 A.4.2.3'
  return {
    method: 'DUStateChangeComplete',
    commandKey: commandKeyOf(element, clause),
    results: listOf(element, 'Results', clause, resultLimit).map((result) => unitResult(result, clause)),
  }
}

/** A.4.2.4 */
function autonomousUnitStateChangeComplete(element: XmlElement): AutonomousUnitStateChangeComplete {
  const clause = 'TR-069 A.4.2.4'
  const results = listOf(element, 'Results', clause, resultLimit).map((result) => ({
    ...unitResult(result, clause),
    operation: trimmed(result, 'OperationPerformed', clause, limits.text),
  }))
  return { method: 'AutonomousDUStateChangeComplete', results }
}

function unitResult(element: XmlElement, clause: string): UnitResult {
  const state = neededText(element, 'CurrentState', clause, limits.text)
  if (state !== 'Installed' && state !== 'Uninstalled' && state !== 'Failed') {
    const detail = `${element.name}.CurrentState is none of Installed, Uninstalled, Failed`
    throw new CwmpError('bad-field', clause, neededChild(element, 'CurrentState', clause).offset, detail)
  }
  return {
    uuid: trimmed(element, 'UUID', clause, limits.text),
    unit: trimmed(element, 'DeploymentUnitRef', clause, limits.name).replace(/\.$/, ''),
    version: trimmed(element, 'Version', clause, limits.text),
    state,
    resolved: boolean(element, 'Resolved', clause, true),
    executionUnits: trimmed(element, 'ExecutionUnitRefList', clause, limits.url),
    started: time(element, 'StartTime'),
    completed: time(element, 'CompleteTime'),
    fault: faultOf(element, 'Fault', clause),
  }
}

/** Some clients leave the structure out when nothing failed, some leave it empty. */
function faultOf(element: XmlElement, name: string, clause: string): Fault {
  const fault = childOf(element, name)
  if (!fault) return { code: 0, text: '' }
  return { code: unsigned(fault, 'FaultCode', clause, 0), text: trimmed(fault, 'FaultString', clause, limits.url) }
}

/** White space around it is the client's (line ends were seen), never this server's. */
function commandKeyOf(element: XmlElement, clause: string): string {
  return trimmed(element, 'CommandKey', clause, limits.commandKey)
}
