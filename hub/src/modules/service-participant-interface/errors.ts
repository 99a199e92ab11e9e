import { errorCode } from '../../platform/errors.ts'

export const tooManyWebhooks = errorCode(
  'too-many-webhooks',
  409,
  'This account has as many webhooks as it can have',
  'Remove those that are needed no more, or let one receiver take more types of events.',
)
export const unknownEvent = errorCode(
  'unknown-event',
  422,
  'There is no such event',
  'Use an id of a message or of the event stream (evt_12.3 or 12.3) that is not older than 30 days, or a moment.',
)
export const replayUnderWay = errorCode(
  'replay-under-way',
  409,
  'The webhook cannot replay events now',
  'Wait until the replay under way is over (GET the webhook shows it), or switch the webhook on first.',
)

export const nothingToSkip = errorCode(
  'nothing-to-skip',
  409,
  'The webhook does not wait with this message',
  'Read the webhook’s log: only the message that its receiver refused last, and that is still tried, can be skipped.',
)

export const tooManyNotifications = errorCode(
  'too-many-notifications',
  409,
  'This account has, or has asked for, as many notifications as it can',
  'Remove those that are needed no more, or wait some minutes.',
)
export const mailFailed = errorCode(
  'mail-failed',
  503,
  'The mail server did not take the message',
  'Check the address; if it is right, try again later, and let the operator look at the mail server.',
)

/** What can be wrong with what the TM Forum face is asked. */

export const tmfHouseholdUnclear = errorCode(
  'tmf-household-unclear',
  422,
  'The order does not name one household',
  'Name it as related party of the order with the role `household`; put orders for several households into several orders.',
)
export const tmfServiceUnknown = errorCode(
  'tmf-service-unknown',
  422,
  'There is no such service in the inventory',
  'List the services (GET /tmf-api/serviceInventory/v4/service) and use one of their ids.',
)
export const tmfItemUnclear = errorCode(
  'tmf-item-unclear',
  422,
  'An item of the order does not say what is to be done',
  'Read the place: an item that adds names a specification, any other one a service of the inventory; docs/guide/tmf.md has examples.',
)
