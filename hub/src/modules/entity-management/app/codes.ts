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

/** The error for an id in a path that leads to nothing, in the same words as for what the principal may not see. */
export function missing(noun: string, id: string): CallerError {
  return new CallerError(notFound, `There is no ${noun} ${id}.`)
}
