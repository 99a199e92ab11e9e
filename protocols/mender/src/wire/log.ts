import { asList, asObject, oneSpelling } from './fields.ts'
import { limits, readJson, type Json, type JsonObject } from './json.ts'

export const logClause = 'deployments v1, log'

export interface LogLine {
  /** As the device wrote it, usually RFC 3339; '' = it gave none. */
  readonly time: string
  readonly level: string
  readonly message: string
}

/**
 * `PUT /api/devices/v1/deployments/device/deployments/{id}/log`: `{messages: [{timestamp, level, message}]}`. A line that lacks a
 * field is still a line: a log is wanted most when something is wrong.
 * @throws MenderError `malformed`, `too-large`, `bad-field`
 */
export function readLog(body: Uint8Array): LogLine[] {
  const log = asObject(readJson(body, logClause, limits.logBytes), 'the body', logClause)
  const messages = asList(log.get('messages') ?? [], 'messages', logClause, limits.logMessages)
  return messages.map((message) => lineOf(message))
}

function lineOf(message: Json): LogLine {
  if (!(message instanceof Map)) return { time: '', level: '', message: asText(message, 4_096) }
  const line = message as JsonObject
  return {
    time: asText(line.get('timestamp'), 40),
    level: asText(line.get('level'), 20),
    message: asText(line.get('message'), 4_096),
  }
}

function asText(value: Json | undefined, most: number): string {
  if (value === undefined || value === null) return ''
  return (typeof value === 'string' ? value : oneSpelling(value)).slice(0, most)
}
