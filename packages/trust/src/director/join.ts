import { TrustError } from '../errors.ts'
import { sha256Of } from '../metadata/files.ts'
import type { Search } from '../client/update.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { Assigned, Assignment } from './assignment.ts'

/** What a device is about to run. */
export interface Candidate {
  readonly service: string
  readonly version: string
  readonly component: string
}

/** What both a developer and the director signed for this device. */
export interface Permitted extends Assigned {
  /** In lower-case hexadecimal digits. */
  readonly sha256: string
}

/** The fields of a target's `custom` with which a developer says what the file is. */
const identity = ['service', 'version', 'component'] as const

/**
 * Joins the two: a device runs only what the director assigned to it and a developer signed, with the same length and digest, as the
 * same component, and for this model.
 * @param assignment from `trustAssignment`
 * @param developer the search of the update for `path`
 * @param model of the device; a file whose `custom` has no `models` is for all
 * Throws TrustError, for each mismatch with its own code.
 */
export function permit(
  candidate: Candidate,
  assignment: Assignment,
  developer: readonly Search[],
  model: string,
): Permitted {
  const what = `${candidate.service} ${candidate.version}, ${candidate.component}`
  const assigned = assignment.assigned.find((entry) => identity.every((field) => entry[field] === candidate[field]))
  if (!assigned) throw new TrustError('not-assigned', what, `it is not among what ${assignment.device} is to have`)
  const found = developer.find((search) => search.kind === 'found' && search.path === assigned.path)
  // `targets` alone is no developer: it says who they are.
  if (found?.kind !== 'found' || found.roles.length < 2)
    throw new TrustError('not-signed-by-developer', what, `no developer's metadata name ${assigned.path}`)
  const { file } = found
  if (file.length !== assigned.file.length)
    throw new TrustError('length-differs', what, `developer ${file.length} bytes, director ${assigned.file.length}`)
  const sha256 = sha256Of(file.hashes, what)
  const directors = sha256Of(assigned.file.hashes, what)
  if (sha256 !== directors) throw new TrustError('digest-differs', what, `developer ${sha256}, director ${directors}`)
  checkCustom(what, candidate, file.custom ?? new Map(), model)
  return { ...assigned, sha256 }
}

function checkCustom(what: string, candidate: Candidate, custom: JsonObject, model: string): void {
  for (const field of identity)
    if (custom.get(field) !== candidate[field])
      throw new TrustError(
        'component-differs',
        what,
        `the developer signed ${field} ${JSON.stringify(custom.get(field) ?? null)}`,
      )
  const models: Json | undefined = custom.get('models')
  if (models !== undefined && !(Array.isArray(models) && models.includes(model)))
    throw new TrustError('wrong-model', what, `the developer did not sign it for ${model}`)
}
