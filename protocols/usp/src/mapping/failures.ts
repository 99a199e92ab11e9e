import type { DeclineReason } from '@sutler/device-model'

/** Why a device did not take a command, from the standard's error codes (7000–7031; 7200–7299 are the data model's). */
export function declineReason(code: number): DeclineReason {
  switch (code) {
    case 7001: // Message not supported
    case 7008: // Invalid path syntax
    case 7016: // Object does not exist
    case 7026: // Invalid path
      return 'unsupported'
    case 7005: // Resources exceeded
      return 'busy'
    case 7227: // System resources exceeded (Software modules)
      return 'no-space'
    default:
      return 'refused'
  }
}

/** The stable error code of an outcome, for example `usp-7022`. */
export function errorOf(code: number): string {
  return `usp-${code}`
}

/** Command canceled. */
export const commandCanceled = 7023
