import { Fields } from './fields.ts'
import { readDetails } from './feedback.ts'
import { readJson } from './json.ts'

export interface Confirmation {
  readonly confirmation: 'confirmed' | 'denied'
  readonly code: number | null
  readonly details: readonly string[]
}

/** Who switched confirming by hand off, and why; texts of the device. */
export interface AutoConfirm {
  readonly initiator: string
  readonly remark: string
}

/** @throws DdiError `too-large`, `bad-json`, `bad-field` */
export function readConfirmation(bytes: Uint8Array): Confirmation {
  const fields = new Fields(readJson(bytes, 'confirmationBase feedback'), 'confirmationBase feedback')
  const confirmation = fields.oneOf('confirmation', ['confirmed', 'denied'])
  return { confirmation, code: fields.optionalNumber('code'), details: readDetails(fields) }
}

/** The body of activateAutoConfirm, which may be empty. @throws DdiError `too-large`, `bad-json`, `bad-field` */
export function readAutoConfirm(bytes: Uint8Array): AutoConfirm {
  if (bytes.length === 0) return { initiator: '', remark: '' }
  const fields = new Fields(readJson(bytes, 'activateAutoConfirm'), 'activateAutoConfirm')
  return { initiator: fields.optionalText('initiator', 64) ?? '', remark: fields.optionalText('remark', 512) ?? '' }
}
