import { parameterLimit, parametersOf } from './decode-requests.ts'
import { boolean, childOf, listOf, neededText, time, trimmed, unsigned } from './fields.ts'
import type { CpeFault, CpeResponse } from './values.ts'
import type { XmlElement } from './xml/read.ts'

const nameLength = 1024
const faultText = 4096

const attributeRules = 'TR-069 A.3.2.5'

/** Answers of a CPE by the method asked; each decoder is given the `…Response` element. */
export const responseDecoders: Readonly<Record<string, (element: XmlElement) => CpeResponse>> = {
  GetRPCMethodsResponse: (element) => ({
    method: 'GetRPCMethods',
    methods: listOf(element, 'MethodList', 'TR-069 A.3.1.1', 256).map(({ text }) => text.trim().slice(0, 64)),
  }),
  GetParameterNamesResponse: (element) => ({
    method: 'GetParameterNames',
    parameters: listOf(element, 'ParameterList', 'TR-069 A.3.2.3', parameterLimit).map((entry) => ({
      name: neededText(entry, 'Name', 'TR-069 A.3.2.3', nameLength),
      writable: boolean(entry, 'Writable', 'TR-069 A.3.2.3', false),
    })),
  }),
  GetParameterValuesResponse: (element) => ({
    method: 'GetParameterValues',
    parameters: parametersOf(element, 'TR-069 A.3.2.2'),
  }),
  SetParameterValuesResponse: (element) => ({
    method: 'SetParameterValues',
    status: unsigned(element, 'Status', 'TR-069 A.3.2.1', 0),
  }),
  GetParameterAttributesResponse: (element) => ({
    method: 'GetParameterAttributes',
    parameters: listOf(element, 'ParameterList', attributeRules, parameterLimit).map((entry) => ({
      name: neededText(entry, 'Name', attributeRules, nameLength),
      notification: unsigned(entry, 'Notification', attributeRules, 0),
      accessList: listOf(entry, 'AccessList', attributeRules, 16).map(({ text }) => text.trim()),
    })),
  }),
  SetParameterAttributesResponse: () => ({ method: 'SetParameterAttributes' }),
  AddObjectResponse: (element) => ({
    method: 'AddObject',
    instance: unsigned(element, 'InstanceNumber', 'TR-069 A.3.2.6'),
    status: unsigned(element, 'Status', 'TR-069 A.3.2.6', 0),
  }),
  DeleteObjectResponse: (element) => ({
    method: 'DeleteObject',
    status: unsigned(element, 'Status', 'TR-069 A.3.2.7', 0),
  }),
  DownloadResponse: (element) => ({ method: 'Download', ...transferStarted(element, 'TR-069 A.3.2.8') }),
  UploadResponse: (element) => ({ method: 'Upload', ...transferStarted(element, 'TR-069 A.4.1.5') }),
  GetAllQueuedTransfersResponse: (element) => ({
    method: 'GetAllQueuedTransfers',
    transfers: listOf(element, 'TransferList', 'TR-069 A.4.1.7', 256).map((entry) => ({
      commandKey: trimmed(entry, 'CommandKey', 'TR-069 A.4.1.7', 128),
      state: unsigned(entry, 'State', 'TR-069 A.4.1.7', 0),
    })),
  }),
  CancelTransferResponse: () => ({ method: 'CancelTransfer' }),
  ChangeDUStateResponse: () => ({ method: 'ChangeDUState' }),
  RebootResponse: () => ({ method: 'Reboot' }),
  FactoryResetResponse: () => ({ method: 'FactoryReset' }),
  ScheduleInformResponse: () => ({ method: 'ScheduleInform' }),
}

function transferStarted(element: XmlElement, clause: string) {
  return {
    status: unsigned(element, 'Status', clause),
    started: time(element, 'StartTime'),
    completed: time(element, 'CompleteTime'),
  }
}

/** A.3.1 and 3.5: a fault of CWMP within SOAP's `detail`; one without it is an internal error of the CPE (9002). */
export function faultOf(element: XmlElement): CpeFault {
  const blame = trimmed(element, 'faultcode', 'SOAP 1.1, 4.4', 256)
  const detail = childOf(element, 'detail')
  const fault = detail && childOf(detail, 'Fault')
  const said = trimmed(element, 'faultstring', 'SOAP 1.1, 4.4', faultText)
  const local = blame.slice(blame.indexOf(':') + 1)
  if (!fault) return { code: 9002, text: said, blame: local, parameters: [] }
  const parameters = fault.children.filter(({ name }) => name === 'SetParameterValuesFault').slice(0, 256)
  return {
    code: unsigned(fault, 'FaultCode', 'TR-069 A.5', 9002),
    text: trimmed(fault, 'FaultString', 'TR-069 A.5', faultText),
    blame: local,
    parameters: parameters.map((entry) => ({
      name: trimmed(entry, 'ParameterName', 'TR-069 A.5', nameLength),
      code: unsigned(entry, 'FaultCode', 'TR-069 A.5', 9002),
      text: trimmed(entry, 'FaultString', 'TR-069 A.5', faultText),
    })),
  }
}
