import { notFound } from '../../../platform/access.ts'
import { CallerError, errorCode } from '../../../platform/errors.ts'

export const unknownHousehold = errorCode(
  'unknown-household',
  422,
  'The request names a household that does not exist',
  'Use the id of an existing household (GET /api/v1/households), or make one first (POST /api/v1/households).',
)

export const unknownSubject = errorCode(
  'unknown-subject',
  422,
  'There is no such household, user or device to keep preferences for',
  'Use the id of an existing household, user or device.',
)

export const gone = errorCode(
  'gone',
  410,
  'It was here, and is not any more',
  'Where the detail names another one that it was merged into, use that one’s id; what was erased does not come back.',
)

/** @throws CallerError `gone` (410) for what was merged into another, or erased */
export function requireHere(
  noun: string,
  entity: { readonly id: string; readonly mergedInto: string | null; readonly erasedAt?: number | null } | undefined,
): void {
  if (entity?.erasedAt) throw new CallerError(gone, `The ${noun} ${entity.id} was erased.`)
  if (entity?.mergedInto) throw new CallerError(gone, `The ${noun} ${entity.id} was merged into ${entity.mergedInto}.`)
}

/** The error for an id in a path that leads to nothing, in the same words as for what the principal may not see. */
export function missing(noun: string, id: string): CallerError {
  return new CallerError(notFound, `There is no ${noun} ${id}.`)
}
