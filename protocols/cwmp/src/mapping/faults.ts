import type { DeclineReason, Input } from '@sutler/device-model'

/** TR-069 A.5.1: what the codes of a CPE mean. */
export const cpeFaults: Readonly<Record<number, string>> = {
  9000: 'the method is not supported',
  9001: 'the request is denied',
  9002: 'internal error',
  9003: 'invalid arguments',
  9004: 'resources exceeded',
  9005: 'invalid parameter name',
  9006: 'invalid parameter type',
  9007: 'invalid parameter value',
  9008: 'the parameter cannot be written',
  9009: 'notification request rejected',
  9010: 'download failed',
  9011: 'upload failed',
  9012: 'the file server refused the login',
  9013: 'unsupported protocol for a file transfer',
  9014: 'multicast group cannot be joined',
  9015: 'the file server cannot be reached',
  9016: 'the file cannot be accessed',
  9017: 'the download is incomplete',
  9018: 'the file is corrupted',
  9019: 'the file’s authentication failed',
  9020: 'no download in the given time windows',
  9021: 'the transfer cannot be cancelled now',
  9022: 'invalid UUID format',
  9023: 'unknown execution environment',
  9024: 'disabled execution environment',
  9025: 'the unit does not fit the execution environment',
  9026: 'the deployment unit exists already',
  9027: 'system resources exceeded',
  9028: 'unknown deployment unit',
  9029: 'invalid state of the deployment unit',
  9030: 'no downgrade of a deployment unit',
  9031: 'no upgrade of a deployment unit',
  9032: 'the deployment unit’s version exists already',
}

/** Codes with which a device will not even begin. */
const declines: Readonly<Record<number, DeclineReason>> = {
  9000: 'unsupported',
  9001: 'refused',
  9003: 'unsupported',
  9004: 'no-space',
  9013: 'unsupported',
  9020: 'busy',
  9023: 'unsupported',
  9024: 'refused',
  9025: 'unsupported',
  9027: 'no-space',
}

export interface SaidFault {
  readonly code: number
  readonly text: string
}

/** Code, meaning and the device's own words, for people. */
export function faultSentence({ code, text }: SaidFault): string {
  const meaning = cpeFaults[code] ?? (code >= 9800 && code <= 9899 ? 'a fault of the vendor' : 'a fault of no standard')
  return text === '' || text === meaning ? `${code}: ${meaning}` : `${code}: ${meaning} (${text.slice(0, 500)})`
}

/** The device would not begin: a decline where the code says so, else a failure. */
export function notBegun(id: string, delivery: string, fault: SaidFault): Input {
  const reason = declines[fault.code]
  if (reason === undefined) return failed(id, delivery, fault)
  return { id, kind: 'declined', delivery, reason, detail: faultSentence(fault) }
}

/** The device tried, and it went wrong. */
export function failed(id: string, delivery: string, fault: SaidFault): Input {
  return notDone(id, delivery, `cwmp-${fault.code}`, faultSentence(fault))
}

export function notDone(
  id: string,
  delivery: string,
  error: string,
  detail: string,
  result: 'failed' | 'rolled-back' = 'failed',
): Input {
  return { id, kind: 'outcome', delivery, result, digests: [], health: { ok: false, detail }, error }
}
