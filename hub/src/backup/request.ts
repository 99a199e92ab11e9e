import { z } from 'zod'

const file = z.string().min(1)
const opener = z.object({ keyFile: file.nullable(), passphraseFile: file.nullable() })

const request = z.discriminatedUnion('command', [
  z.object({ command: z.literal('key'), file }),
  z.object({ command: z.literal('verify'), from: file, opener }),
  z.object({ command: z.literal('restore'), from: file, opener }),
  z.object({
    command: z.literal('create'),
    to: file,
    lock: z.object({ recipients: z.array(z.string()), passphraseFile: file.nullable() }),
    keep: z.number().int().min(1).nullable(),
  }),
])

export type Request = z.output<typeof request>

/** What the command line asks for. It is ours, so a wrong one is a bug there. */
export function readRequest(text: string): Request {
  return request.parse(JSON.parse(text))
}
