import { assignmentFields, dateTime, jsonObject, specVersion, type JsonObject } from '@sutler/trust'
import type { SignRequest } from './requests.ts'

type Described = { readonly version: number; readonly length: number; readonly sha256: string }

/** The signed part of the document that a request describes: only here are online metadata written. */
export function documentOf(request: SignRequest): JsonObject {
  switch (request.role) {
    case 'timestamp': {
      const { version, expires, snapshot } = request.fields
      return document('timestamp', version, expires, new Map([['snapshot.json', described(snapshot)]]))
    }
    case 'snapshot': {
      const { version, expires, meta } = request.fields
      return document(
        'snapshot',
        version,
        expires,
        new Map(meta.map((entry) => [`${entry.role}.json`, described(entry)])),
      )
    }
    case 'director': {
      const { assigned, ...rest } = request.fields
      const entries = assigned.map(({ length, sha256, ...entry }) => ({
        ...entry,
        file: { length, hashes: new Map([['sha256', sha256]]) },
      }))
      return assignmentFields({ ...rest, assigned: entries })
    }
  }
}

function document(type: 'timestamp' | 'snapshot', version: number, expires: number, meta: JsonObject): JsonObject {
  return jsonObject({ _type: type, spec_version: specVersion, version, expires: dateTime(expires), meta })
}

function described({ version, length, sha256 }: Described): JsonObject {
  return jsonObject({ version, length, hashes: jsonObject({ sha256 }) })
}
