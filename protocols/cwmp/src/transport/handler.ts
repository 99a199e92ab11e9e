import type { IncomingMessage, ServerResponse } from 'node:http'

/** Takes a request if its path is one of CWMP. @returns whether it did */
export type CwmpHandler = (request: IncomingMessage, response: ServerResponse) => boolean

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The connection is not used again. */
  readonly close?: boolean
}

export function send(response: ServerResponse, { status, headers, body = '', close }: Reply): void {
  if (response.headersSent || response.destroyed) return
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  response.writeHead(status, { ...length, ...headers, ...(close && { connection: 'close' }) })
  response.end(body)
}

export function soap(body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body, headers: { 'content-type': 'text/xml; charset="utf-8"', ...headers } }
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, body: `${body}\n`, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } }
}
