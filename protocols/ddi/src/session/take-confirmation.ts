import type { AutoConfirm, Confirmation } from '../wire/confirmation.ts'
import { nothing, notOpen, type Answer } from './answer.ts'
import { actionOf, withAction, withMessages, withoutAction, type Memory } from './memory.ts'

/** Takes a device's yes or no to an action. Pure. A no is final: the hub may order again, the device need not remember. */
export function takeConfirmation(memory: Memory, id: number, { confirmation, code, details }: Confirmation): Answer {
  const action = actionOf(memory, id)
  if (!action) return notOpen(memory, id)
  if (action.confirmed) return nothing(memory, 404)
  const head = `Device: ${confirmation}${code === null ? '' : `, code ${code}`}`
  const said = withMessages(action, [head, ...details])
  if (confirmation === 'confirmed') return nothing(withAction(memory, { ...said, confirmed: true }))
  const detail = [head, ...details].slice(0, 6).join('; ').slice(0, 1000)
  const { delivery } = action.work
  return {
    status: 200,
    memory: withoutAction(memory, id),
    inputs: [{ id: `${id}.denied`, kind: 'declined', delivery, reason: 'refused', detail }],
  }
}

/** The device switches its own confirming off or on; off confirms what waits. @param now milliseconds since the Unix epoch */
export function setAutoConfirm(
  memory: Memory,
  active: boolean,
  { initiator, remark }: AutoConfirm,
  now: number,
): Memory {
  const actions = active ? memory.actions.map((action) => ({ ...action, confirmed: true })) : memory.actions
  return { ...memory, actions, autoConfirm: { active, initiator, remark, at: now } }
}
