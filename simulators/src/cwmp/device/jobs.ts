import { node, type SoapNode } from '../soap/node.ts'

/** Work that the ACS has ordered and that the device does between sessions. */
export type Job =
  | {
      readonly kind: 'download' | 'upload'
      readonly commandKey: string
      readonly fileType: string
      readonly url: string
      readonly username: string
      readonly password: string
      readonly target: string
    }
  | { readonly kind: 'units'; readonly commandKey: string; readonly operations: readonly UnitJob[] }
  | { readonly kind: 'reboot'; readonly commandKey: string }
  | { readonly kind: 'factory-reset' }

export interface UnitJob {
  /** `InstallOpStruct`, `UpdateOpStruct`, `UninstallOpStruct`. */
  readonly operation: string
  readonly uuid: string
  readonly version: string
  readonly url: string
  readonly username: string
  readonly password: string
}

export interface TransferResult {
  readonly commandKey: string
  readonly code: number
  readonly text: string
}

export interface UnitJobResult {
  readonly uuid: string
  readonly unit: string
  readonly version: string
  readonly state: 'Installed' | 'Uninstalled' | 'Failed'
  readonly code: number
  readonly text: string
}

const time = () => new Date().toISOString()

export function transferComplete({ commandKey, code, text }: TransferResult): SoapNode {
  return node('TransferComplete', [
    node('CommandKey', commandKey),
    node('FaultStruct', [node('FaultCode', code), node('FaultString', text)]),
    node('StartTime', time()),
    node('CompleteTime', time()),
  ])
}

export function unitChangeComplete(commandKey: string, results: readonly UnitJobResult[]): SoapNode {
  return node('DUStateChangeComplete', [
    node(
      'Results',
      results.map((result) => unitResult('OpResultStruct', result, [])),
    ),
    node('CommandKey', commandKey),
  ])
}

export function autonomousUnitChange(operation: string, result: UnitJobResult): SoapNode {
  return node('AutonomousDUStateChangeComplete', [
    node('Results', [unitResult('AutonOpResultStruct', result, [node('OperationPerformed', operation)])]),
  ])
}

function unitResult(name: string, result: UnitJobResult, more: readonly SoapNode[]): SoapNode {
  return node(name, [
    node('UUID', result.uuid),
    node('DeploymentUnitRef', result.unit),
    node('Version', result.version),
    node('CurrentState', result.state),
    node('Resolved', result.state === 'Installed' ? 1 : 0),
    node('ExecutionUnitRefList', ''),
    node('StartTime', time()),
    node('CompleteTime', time()),
    node('Fault', [node('FaultCode', result.code), node('FaultString', result.text)]),
    ...more,
  ])
}

export function autonomousTransfer(url: string, fileType: string, size: number): SoapNode {
  return node('AutonomousTransferComplete', [
    node('AnnounceURL', ''),
    node('TransferURL', url),
    node('IsDownload', 1),
    node('FileType', fileType),
    node('FileSize', size),
    node('TargetFileName', ''),
    node('FaultStruct', [node('FaultCode', 0), node('FaultString', '')]),
    node('StartTime', time()),
    node('CompleteTime', time()),
  ])
}
