import { BodyRefused, readBody as readBounded } from '@sutler/http'
import type { IncomingMessage } from 'node:http'
import { text, type Reply } from './handler.ts'

/** A body was not read: what the device is told. */
export class BodyProblem extends Error {
  readonly reply: Reply

  constructor(status: 408 | 413 | 415, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? {} : { cause })
    this.name = 'BodyProblem'
    // What is left of the body is not read, so that nothing may follow it.
    this.reply = { ...text(status, detail), close: true }
  }
}

/** The whole body, at most `most` bytes, within `patience` milliseconds. @throws BodyProblem */
export async function readBody(request: IncomingMessage, most: number, patience: number): Promise<Buffer> {
  const coding = request.headers['content-encoding'] ?? 'identity'
  if (coding !== 'identity') throw new BodyProblem(415, `content coding ${coding}`)
  try {
    return await readBounded(request, most, patience)
  } catch (cause) {
    if (!(cause instanceof BodyRefused)) throw cause
    throw new BodyProblem(cause.fault === 'too-large' ? 413 : 408, cause.message, cause)
  }
}
