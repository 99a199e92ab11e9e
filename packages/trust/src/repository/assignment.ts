import { jsonObject } from '../json/value.ts'
import { dateTime } from '../metadata/fields.ts'
import { sha256Of } from '../metadata/files.ts'
import { specVersion } from './root.ts'
import type { Assignment } from '../director/assignment.ts'
import type { JsonObject } from '../json/value.ts'

/** The signed part of a director's assignment. */
export function assignmentFields(assignment: Assignment): JsonObject {
  const { version, expires, device, floor, assigned } = assignment
  return jsonObject({
    _type: 'director',
    spec_version: specVersion,
    version,
    expires: dateTime(expires),
    device,
    floor: jsonObject(floor),
    assigned: assigned.map((entry) =>
      jsonObject({
        service: entry.service,
        version: entry.version,
        component: entry.component,
        path: entry.path,
        length: entry.file.length,
        hashes: jsonObject({ sha256: sha256Of(entry.file.hashes, entry.path) }),
      }),
    ),
  })
}
