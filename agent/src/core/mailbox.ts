import { acknowledgeDown, decodeDown, receiveDown, WireError } from '@sutler/wire'
import type { OutboxEntry } from '@sutler/wire'
import type { Reporter } from './reporter.ts'
import type { Requests } from './requests/requests.ts'
import type { Desk } from './desk.ts'
import { takeCancel, takeOffer, takeRemove } from './install/intake.ts'
import type { WorkFloor } from './install/intake.ts'
import type { AgentPlatform } from './platform.ts'
import type { AgentSettings } from './settings.ts'

interface MailboxOptions {
  readonly desk: Desk
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly floor: WorkFloor
  readonly reporter: Reporter
  readonly requests: Requests
}

/** Takes one message from the hub: decodes it at once, acts on it in its turn. Resolves when all it changed is durable. */
export function takeMessage(options: MailboxOptions, payload: Uint8Array): Promise<void> {
  const { desk } = options
  try {
    const message = decodeDown(payload)
    return desk.inTurn(() => act(options, message))
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return desk.inTurn(() => refuse(options, error))
  }
}

async function act(options: MailboxOptions, message: ReturnType<typeof decodeDown>): Promise<void> {
  const { desk, platform } = options
  const received = receiveDown(desk.session, message)
  switch (received.kind) {
    case 'new':
    case 'again':
      return workOrForget(options, received.message)
    case 'acknowledged':
      return acknowledged(options, received.messages, received.error)
    case 'declined':
    case 'nothing':
      return desk.commit()
    case 'held':
      return platform.log.warn('the outbox is full: messages of the hub must wait')
  }
}

type Worked = Extract<ReturnType<typeof receiveDown>, { kind: 'new' }>['message']

/** When the work fails, the hub's next repeat of the message must count as new. */
async function workOrForget(options: MailboxOptions, message: Worked): Promise<void> {
  try {
    await work(options, message)
  } catch (error) {
    const { working } = options.desk.session
    const at = working.indexOf(message.id)
    if (at >= 0) working.splice(at, 1)
    throw error
  }
}

async function work(options: MailboxOptions, message: Worked): Promise<void> {
  switch (message.t) {
    case 'offer':
      return takeOffer(options, message)
    case 'remove':
      return takeRemove(options, message)
    case 'cancel':
      return takeCancel(options, message)
    case 'query':
      await options.reporter.report()
      acknowledgeDown(options.desk.session, message.id)
      return options.desk.commit()
    case 'collect':
    case 'restart':
    case 'configure':
    case 'show':
      return options.requests.take(message)
  }
}

async function acknowledged(
  options: MailboxOptions,
  entries: readonly OutboxEntry[],
  error: string | undefined,
): Promise<void> {
  for (const entry of entries) {
    if (error !== undefined) options.platform.log.warn('the hub refused a message', { message: entry.t, error })
  }
  options.requests.acknowledged(entries)
  await options.desk.commit(options.reporter.acknowledged(entries))
}

/** A message that breaks the protocol is answered when its id can be read, else dropped: the hub will notice. */
async function refuse({ desk, platform }: MailboxOptions, error: WireError): Promise<void> {
  platform.log.warn('a message from the hub was refused', { code: error.code, reason: error.message })
  if (error.messageId === undefined) return
  acknowledgeDown(desk.session, error.messageId, error.code === 'unknown-type' ? 'unknown-type' : 'bad-field')
  await desk.commit()
}
