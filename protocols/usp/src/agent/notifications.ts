import type { Notify } from '../wire/index.ts'
import type { Survey } from './survey.ts'
import type { Works } from './works.ts'

/**
 * What an agent says by itself. Resolves when what follows from it is durable. What says nothing new to the hub is just
 * confirmed.
 * @returns true when the device has started anew
 */
export async function notified(
  _id: string,
  { notification }: Notify,
  { works, survey }: { works: Works; survey: Survey },
): Promise<boolean> {
  switch (notification?.case) {
    case 'operComplete': {
      const { commandKey, commandName, operationResp } = notification.value
      const failure =
        operationResp?.case === 'cmdFailure'
          ? { code: operationResp.value.errCode, message: operationResp.value.errMsg }
          : null
      await works.operationEnded({ commandKey, commandName, failure })
      return false
    }
    case 'event':
      return event(notification.value.eventName, works, survey)
    case 'valueChange':
      await survey.report()
      return false
    case 'onBoardReq':
      // Also after a factory reset over a connection that stands: subscriptions are gone then.
      await survey.greet()
      return false
    default:
      return false
  }
}

async function event(name: string, works: Works, survey: Survey): Promise<boolean> {
  switch (name) {
    case 'Boot!':
      works.unsure()
      await survey.report()
      await works.restarted()
      return true
    case 'DUStateChange!':
      // Of the hub's own commands OperationComplete says it, too; what others do at the device is heard of only here.
      await survey.inventory()
      return false
    default:
      return false
  }
}
