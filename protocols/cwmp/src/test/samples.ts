import { node, plainDialect, writeMessage } from '@sutler/simulators/cwmp'

type Dialect = Parameters<typeof writeMessage>[0]
type SoapNode = ReturnType<typeof node>

/** Ways of writing that were met in the field. */
export const dialects: Readonly<Record<string, Dialect>> = {
  plain: plainDialect,
  'SOAP-ENV': { ...plainDialect, envelope: 'SOAP-ENV' },
  soap_env: { ...plainDialect, envelope: 'soap_env', cwmp: 'c', spaced: true },
  qualified: { ...plainDialect, envelope: 'S', qualified: true, minor: 2 },
  'version 1.4': { ...plainDialect, minor: 4, spaced: true },
}

const parameter = (name: string, value: string, type = 'string') =>
  node('ParameterValueStruct', [node('Name', name), node('Value', value, type)])

const fault = (code: number, text: string) => [node('FaultCode', code), node('FaultString', text)]
const times = [node('StartTime', '2026-01-02T03:04:05Z'), node('CompleteTime', '0001-01-01T00:00:00Z')]
const result = [
  node('UUID', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'),
  node('DeploymentUnitRef', 'Device.SoftwareModules.DeploymentUnit.1.'),
  node('Version', '1.2'),
  node('CurrentState', 'Installed'),
  node('Resolved', 1),
  node('ExecutionUnitRefList', ''),
  ...times,
  node('Fault', fault(0, '')),
]

/** One of each message that a CPE sends, by its method. */
export const messages: Readonly<Record<string, SoapNode>> = {
  Inform: node('Inform', [
    node('DeviceId', [
      node('Manufacturer', 'A & B'),
      node('OUI', '00AABB'),
      node('ProductClass', 'Box'),
      node('SerialNumber', 'S<1>'),
    ]),
    node('Event', [
      node('EventStruct', [node('EventCode', '7 TRANSFER COMPLETE'), node('CommandKey', '')]),
      node('EventStruct', [node('EventCode', 'M Download'), node('CommandKey', 's12')]),
    ]),
    node('MaxEnvelopes', 1),
    node('CurrentTime', '2026-01-02T03:04:05.678+01:00'),
    node('RetryCount', 2),
    node('ParameterList', [
      parameter('Device.DeviceInfo.SoftwareVersion', ' 1.0 '),
      parameter('Device.X.Up', ' 1 ', 'boolean'),
    ]),
  ]),
  TransferComplete: node('TransferComplete', [
    node('CommandKey', 's12'),
    node('FaultStruct', fault(9010, 'no way')),
    ...times,
  ]),
  AutonomousTransferComplete: node('AutonomousTransferComplete', [
    node('AnnounceURL', ''),
    node('TransferURL', 'http://x/y'),
    node('IsDownload', 'true'),
    node('FileType', '1 Firmware Upgrade Image'),
    node('FileSize', 77),
    node('TargetFileName', ''),
    node('FaultStruct', fault(0, '')),
    ...times,
  ]),
  DUStateChangeComplete: node('DUStateChangeComplete', [
    node('Results', [node('OpResultStruct', result)]),
    node('CommandKey', 's13'),
  ]),
  AutonomousDUStateChangeComplete: node('AutonomousDUStateChangeComplete', [
    node('Results', [node('AutonOpResultStruct', [...result, node('OperationPerformed', 'Update')])]),
  ]),
  GetRPCMethods: node('GetRPCMethods', ''),
  RequestDownload: node('RequestDownload', [node('FileType', '1 Firmware Upgrade Image')]),
  GetRPCMethodsResponse: node('GetRPCMethodsResponse', [
    node('MethodList', [node('string', 'Reboot'), node('string', 'Download')]),
  ]),
  GetParameterNamesResponse: node('GetParameterNamesResponse', [
    node('ParameterList', [node('ParameterInfoStruct', [node('Name', 'Device.A.'), node('Writable', 0)])]),
  ]),
  GetParameterValuesResponse: node('GetParameterValuesResponse', [
    node('ParameterList', [parameter('Device.A.B', '7', 'unsignedInt')]),
  ]),
  SetParameterValuesResponse: node('SetParameterValuesResponse', [node('Status', 1)]),
  GetParameterAttributesResponse: node('GetParameterAttributesResponse', [
    node('ParameterList', [
      node('ParameterAttributeStruct', [
        node('Name', 'Device.A.B'),
        node('Notification', 2),
        node('AccessList', [node('string', 'Subscriber')]),
      ]),
    ]),
  ]),
  SetParameterAttributesResponse: node('SetParameterAttributesResponse', ''),
  AddObjectResponse: node('AddObjectResponse', [node('InstanceNumber', 4), node('Status', 0)]),
  DeleteObjectResponse: node('DeleteObjectResponse', [node('Status', 0)]),
  DownloadResponse: node('DownloadResponse', [node('Status', 1), ...times]),
  UploadResponse: node('UploadResponse', [node('Status', 0), ...times]),
  GetAllQueuedTransfersResponse: node('GetAllQueuedTransfersResponse', [
    node('TransferList', [node('AllQueuedTransferStruct', [node('CommandKey', 's1'), node('State', 2)])]),
  ]),
  CancelTransferResponse: node('CancelTransferResponse', ''),
  ChangeDUStateResponse: node('ChangeDUStateResponse', ''),
  RebootResponse: node('RebootResponse', ''),
  FactoryResetResponse: node('FactoryResetResponse', ''),
  ScheduleInformResponse: node('ScheduleInformResponse', ''),
  Fault: node('Fault', [
    node('faultcode', 'Client'),
    node('faultstring', 'CWMP fault'),
    node('detail', [
      node('CwmpFault', [
        ...fault(9003, 'Invalid arguments'),
        node('SetParameterValuesFault', [node('ParameterName', 'Device.A.B'), ...fault(9008, 'read-only')]),
      ]),
    ]),
  ]),
}

export function written(message: SoapNode, dialect: Dialect = plainDialect, id = 'id-1'): Uint8Array {
  return Buffer.from(writeMessage(dialect, { id, supported: '1.0,1.2', sessionTimeout: 40 }, message))
}

/** Every message in every dialect. */
export function samples(): Uint8Array[] {
  return Object.values(dialects).flatMap((dialect) => Object.values(messages).map((each) => written(each, dialect)))
}
