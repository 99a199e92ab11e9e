import { element, escaped, field } from './xml/write.ts'
import type { AcsRequest, UnitOperation } from './values.ts'

type Encoders = {
  readonly [Method in AcsRequest['method']]: (request: Extract<AcsRequest, { readonly method: Method }>) => string
}

/** The fields of each method, in the order of Annex A: some clients take them by position. */
export const requestEncoders: Encoders = {
  GetRPCMethods: () => '',
  GetParameterNames: ({ path, nextLevel }) => field('ParameterPath', path) + field('NextLevel', nextLevel),
  GetParameterValues: ({ names }) => strings('ParameterNames', names),
  SetParameterValues: ({ values, parameterKey }) =>
    array(
      'ParameterList',
      'cwmp:ParameterValueStruct',
      values.map(({ name, value, type }) =>
        element(
          'ParameterValueStruct',
          field('Name', name) + element('Value', escaped(value), ` xsi:type="${xsdOf(type)}"`),
        ),
      ),
    ) + field('ParameterKey', parameterKey),
  GetParameterAttributes: ({ names }) => strings('ParameterNames', names),
  SetParameterAttributes: ({ attributes }) =>
    array(
      'ParameterList',
      'cwmp:SetParameterAttributesStruct',
      attributes.map(({ name, notification }) =>
        element(
          'SetParameterAttributesStruct',
          field('Name', name) +
            field('NotificationChange', true) +
            field('Notification', notification) +
            field('AccessListChange', false) +
            strings('AccessList', []),
        ),
      ),
    ),
  AddObject: ({ path, parameterKey }) => field('ObjectName', path) + field('ParameterKey', parameterKey),
  DeleteObject: ({ path, parameterKey }) => field('ObjectName', path) + field('ParameterKey', parameterKey),
  Download: (request) =>
    field('CommandKey', request.commandKey) +
    field('FileType', request.fileType) +
    field('URL', request.url) +
    field('Username', request.username) +
    field('Password', request.password) +
    field('FileSize', request.fileSize) +
    field('TargetFileName', request.targetFileName) +
    field('DelaySeconds', request.delaySeconds) +
    field('SuccessURL', '') +
    field('FailureURL', ''),
  Upload: (request) =>
    field('CommandKey', request.commandKey) +
    field('FileType', request.fileType) +
    field('URL', request.url) +
    field('Username', request.username) +
    field('Password', request.password) +
    field('DelaySeconds', request.delaySeconds),
  GetAllQueuedTransfers: () => '',
  CancelTransfer: ({ commandKey }) => field('CommandKey', commandKey),
  ChangeDUState: ({ commandKey, operations }) =>
    array('Operations', 'cwmp:OperationStruct', operations.map(operation)) + field('CommandKey', commandKey),
  Reboot: ({ commandKey }) => field('CommandKey', commandKey),
  FactoryReset: () => '',
  ScheduleInform: ({ delaySeconds, commandKey }) =>
    field('DelaySeconds', delaySeconds) + field('CommandKey', commandKey),
}

/** A.4.1.10: an entry says by its type which operation it is. */
function operation(wanted: UnitOperation): string {
  switch (wanted.kind) {
    case 'install':
      return typed(
        'InstallOpStruct',
        field('URL', wanted.url) +
          field('UUID', wanted.uuid) +
          field('Username', wanted.username) +
          field('Password', wanted.password) +
          field('ExecutionEnvRef', wanted.environment),
      )
    case 'update':
      return typed(
        'UpdateOpStruct',
        field('UUID', wanted.uuid) +
          field('Version', wanted.version) +
          field('URL', wanted.url) +
          field('Username', wanted.username) +
          field('Password', wanted.password),
      )
    case 'uninstall':
      return typed(
        'UninstallOpStruct',
        field('UUID', wanted.uuid) + field('Version', wanted.version) + field('ExecutionEnvRef', wanted.environment),
      )
  }
}

function typed(name: string, content: string): string {
  return element(name, content, ` xsi:type="cwmp:${name}"`)
}

function strings(name: string, values: readonly string[]): string {
  return array(
    name,
    'xsd:string',
    values.map((value) => field('string', value)),
  )
}

function array(name: string, type: string, entries: readonly string[]): string {
  return element(name, entries.join(''), ` soap-enc:arrayType="${type}[${entries.length}]"`)
}

const xsdOf = (type: string): string => (type === 'base64' ? 'soap-enc:base64' : `xsd:${type}`)
