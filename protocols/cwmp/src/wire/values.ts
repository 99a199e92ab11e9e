/** The structures of TR-069 Annex A, in its own words, with the standard's names in this language's spelling. */

/** A.3.3.1 DeviceIdStruct. */
export interface DeviceId {
  readonly manufacturer: string
  readonly oui: string
  readonly productClass: string
  readonly serialNumber: string
}

/** Table 8: the codes of events. `M <method>` names the method whose CommandKey comes with it; `X …` is a vendor's. */
export const eventCodes = [
  '0 BOOTSTRAP',
  '1 BOOT',
  '2 PERIODIC',
  '3 SCHEDULED',
  '4 VALUE CHANGE',
  '5 KICKED',
  '6 CONNECTION REQUEST',
  '7 TRANSFER COMPLETE',
  '8 DIAGNOSTICS COMPLETE',
  '9 REQUEST DOWNLOAD',
  '10 AUTONOMOUS TRANSFER COMPLETE',
  '11 DU STATE CHANGE COMPLETE',
  '12 AUTONOMOUS DU STATE CHANGE COMPLETE',
  '13 SCHEDULED DOWNLOAD TIMEOUT',
  '14 HEARTBEAT',
  'M Reboot',
  'M ScheduleInform',
  'M Download',
  'M ScheduleDownload',
  'M Upload',
  'M ChangeDUState',
] as const

export interface InformEvent {
  /** One of `eventCodes`, or a vendor's. */
  readonly code: string
  readonly commandKey: string
}

export interface Parameter {
  readonly name: string
  readonly value: string
  /** Local part of the type, for example `string`, `boolean`, `unsignedInt`. */
  readonly type: string
}

/** A.5: FaultStruct; code 0 means that nothing failed. */
export interface Fault {
  readonly code: number
  readonly text: string
}

/** A.4.2.3, OpResultStruct: what became of one operation on a deployment unit. */
export interface UnitResult {
  readonly uuid: string
  /** Path of the deployment unit in the data model, without the dot at its end. */
  readonly unit: string
  readonly version: string
  readonly state: 'Installed' | 'Uninstalled' | 'Failed'
  readonly resolved: boolean
  readonly executionUnits: string
  readonly started: number | null
  readonly completed: number | null
  readonly fault: Fault
}

export interface Inform {
  readonly method: 'Inform'
  readonly device: DeviceId
  readonly events: readonly InformEvent[]
  readonly retryCount: number
  /** The device's clock, milliseconds since the Unix epoch; null where it has none. */
  readonly currentTime: number | null
  readonly parameters: readonly Parameter[]
}

export interface TransferComplete {
  readonly method: 'TransferComplete'
  readonly commandKey: string
  readonly fault: Fault
  readonly started: number | null
  readonly completed: number | null
}

export interface AutonomousTransferComplete {
  readonly method: 'AutonomousTransferComplete'
  readonly announceUrl: string
  readonly transferUrl: string
  readonly isDownload: boolean
  readonly fileType: string
  readonly fileSize: number
  readonly targetFileName: string
  readonly fault: Fault
  readonly started: number | null
  readonly completed: number | null
}

export interface UnitStateChangeComplete {
  readonly method: 'DUStateChangeComplete'
  readonly commandKey: string
  readonly results: readonly UnitResult[]
}

export interface AutonomousUnitStateChangeComplete {
  readonly method: 'AutonomousDUStateChangeComplete'
  readonly results: readonly (UnitResult & { readonly operation: string })[]
}

/** What a CPE asks of its ACS (A.3.3, A.4.2). */
export type CpeRequest =
  | Inform
  | TransferComplete
  | AutonomousTransferComplete
  | UnitStateChangeComplete
  | AutonomousUnitStateChangeComplete
  | { readonly method: 'GetRPCMethods' }
  /** Methods of the standard that this ACS does not offer, and those of no standard. */
  | { readonly method: 'other'; readonly name: string }

export interface ParameterInfo {
  /** A path ends with a dot. */
  readonly name: string
  readonly writable: boolean
}

/** A.3.2.4: 0 off, 1 passive, 2 active, 3 to 6 with the lightweight kinds. */
export interface ParameterAttributes {
  readonly name: string
  readonly notification: number
  readonly accessList: readonly string[]
}

interface TransferStarted {
  /** 0: done · 1: a TransferComplete follows. */
  readonly status: number
  readonly started: number | null
  readonly completed: number | null
}

export interface QueuedTransfer {
  readonly commandKey: string
  /** 1: not yet started · 2: in progress · 3: completed, finishing. */
  readonly state: number
}

/** What a CPE answers (A.3.2, A.4.1). */
export type CpeResponse =
  | { readonly method: 'GetRPCMethods'; readonly methods: readonly string[] }
  | { readonly method: 'GetParameterNames'; readonly parameters: readonly ParameterInfo[] }
  | { readonly method: 'GetParameterValues'; readonly parameters: readonly Parameter[] }
  /** 0: applied · 1: taken, not yet applied. */
  | { readonly method: 'SetParameterValues'; readonly status: number }
  | { readonly method: 'GetParameterAttributes'; readonly parameters: readonly ParameterAttributes[] }
  | { readonly method: 'SetParameterAttributes' }
  | { readonly method: 'AddObject'; readonly instance: number; readonly status: number }
  | { readonly method: 'DeleteObject'; readonly status: number }
  | ({ readonly method: 'Download' } & TransferStarted)
  | ({ readonly method: 'Upload' } & TransferStarted)
  | { readonly method: 'GetAllQueuedTransfers'; readonly transfers: readonly QueuedTransfer[] }
  | { readonly method: 'CancelTransfer' }
  | { readonly method: 'ChangeDUState' }
  | { readonly method: 'Reboot' }
  | { readonly method: 'FactoryReset' }
  | { readonly method: 'ScheduleInform' }

/** A.3.1: a SOAP fault of the CPE, with what SetParameterValues says per parameter. */
export interface CpeFault {
  readonly code: number
  readonly text: string
  /** `Client` or `Server`: whose mistake it was, as the CPE sees it. */
  readonly blame: string
  readonly parameters: readonly { readonly name: string; readonly code: number; readonly text: string }[]
}

/** The types that a parameter's value may be sent with. */
export const valueTypes = [
  'string',
  'int',
  'long',
  'unsignedInt',
  'unsignedLong',
  'boolean',
  'dateTime',
  'base64',
  'hexBinary',
] as const
export type ValueType = (typeof valueTypes)[number]

export interface SetValue {
  readonly name: string
  readonly value: string
  readonly type: ValueType
}

export type UnitOperation =
  | {
      readonly kind: 'install'
      readonly url: string
      readonly uuid: string
      readonly username: string
      readonly password: string
      readonly environment: string
    }
  | {
      readonly kind: 'update'
      readonly uuid: string
      readonly version: string
      readonly url: string
      readonly username: string
      readonly password: string
    }
  | { readonly kind: 'uninstall'; readonly uuid: string; readonly version: string; readonly environment: string }

/** What this ACS asks of a CPE (A.3.2, A.4.1). */
export type AcsRequest =
  | { readonly method: 'GetRPCMethods' }
  | { readonly method: 'GetParameterNames'; readonly path: string; readonly nextLevel: boolean }
  | { readonly method: 'GetParameterValues'; readonly names: readonly string[] }
  | { readonly method: 'SetParameterValues'; readonly values: readonly SetValue[]; readonly parameterKey: string }
  | { readonly method: 'GetParameterAttributes'; readonly names: readonly string[] }
  | {
      readonly method: 'SetParameterAttributes'
      readonly attributes: readonly { readonly name: string; readonly notification: number }[]
    }
  | { readonly method: 'AddObject'; readonly path: string; readonly parameterKey: string }
  | { readonly method: 'DeleteObject'; readonly path: string; readonly parameterKey: string }
  | {
      readonly method: 'Download'
      readonly commandKey: string
      readonly fileType: string
      readonly url: string
      readonly username: string
      readonly password: string
      /** Bytes. */
      readonly fileSize: number
      readonly targetFileName: string
      readonly delaySeconds: number
    }
  | {
      readonly method: 'Upload'
      readonly commandKey: string
      readonly fileType: string
      readonly url: string
      readonly username: string
      readonly password: string
      readonly delaySeconds: number
    }
  | { readonly method: 'GetAllQueuedTransfers' }
  | { readonly method: 'CancelTransfer'; readonly commandKey: string }
  | { readonly method: 'ChangeDUState'; readonly commandKey: string; readonly operations: readonly UnitOperation[] }
  | { readonly method: 'Reboot'; readonly commandKey: string }
  | { readonly method: 'FactoryReset' }
  | { readonly method: 'ScheduleInform'; readonly delaySeconds: number; readonly commandKey: string }

/** What this ACS answers. */
export type AcsResponse =
  | { readonly method: 'Inform' }
  | { readonly method: 'TransferComplete' }
  | { readonly method: 'AutonomousTransferComplete' }
  | { readonly method: 'DUStateChangeComplete' }
  | { readonly method: 'AutonomousDUStateChangeComplete' }
  | { readonly method: 'GetRPCMethods' }

/** A.5.2: fault codes of an ACS. */
export const acsFaults = {
  8000: 'Method not supported',
  8001: 'Request denied',
  8002: 'Internal error',
  8003: 'Invalid arguments',
  8004: 'Resources exceeded',
  8005: 'Retry request',
} as const
export type AcsFaultCode = keyof typeof acsFaults
