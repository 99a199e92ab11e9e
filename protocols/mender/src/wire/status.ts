import { MenderError } from '../errors.ts'
import { asObject, optionalText, textField } from './fields.ts'
import { limits, readJson } from './json.ts'

export const statusClause = 'deployments v1, status'

const statuses = [
  'downloading',
  'pause_before_installing',
  'installing',
  'pause_before_rebooting',
  'rebooting',
  'pause_before_committing',
  'success',
  'failure',
  'already-installed',
] as const

export type DeploymentStatus = (typeof statuses)[number]

export interface StatusReport {
  readonly status: DeploymentStatus
  /** What a state script said, in the device's words; '' = nothing. */
  readonly substate: string
}

/** `PUT /api/devices/v1/deployments/device/deployments/{id}/status`. @throws MenderError `malformed`, `bad-field`, … */
export function readStatus(body: Uint8Array): StatusReport {
  const report = asObject(readJson(body, statusClause, limits.statusBytes), 'the body', statusClause)
  const said = textField(report, 'status', statusClause)
  const status = statuses.find((known) => known === said)
  if (!status) throw new MenderError('bad-field', statusClause, `status is none of ${statuses.join(', ')}`)
  return { status, substate: optionalText(report, 'substate', statusClause, 2_048) ?? '' }
}
