import { errorCode } from '../../platform/errors.ts'

/** What can be wrong with an order. */

export const unknownService = errorCode(
  'unknown-service',
  422,
  'There is no such service',
  'List the services (GET /api/v1/services) and use one of their ids.',
)
export const unknownVersion = errorCode(
  'unknown-version',
  422,
  'The service has no such released version',
  'List its versions (GET /api/v1/services/{id}/versions); only released ones can be ordered.',
)
export const unknownDevice = errorCode(
  'unknown-device',
  422,
  'The household has no such device',
  'List its devices (GET /api/v1/devices?household=…) and use their ids, or leave `devices` out to reach all that fit.',
)
export const noDevice = errorCode(
  'no-device',
  422,
  'The household has no device that this could be delivered to',
  'Enrol a device for the household first (POST /api/v1/claims, then start the agent with the claim).',
)
export const noComponentFits = errorCode(
  'no-component-fits',
  422,
  'No component of this version fits a device that was asked for',
  'Read the reasons; publish a component for that device class, relax its compatibility, or leave the device out.',
)
export const subscriptionExists = errorCode(
  'subscription-exists',
  409,
  'The household already has this service',
  'Order `modify` to change its version, or `remove` first.',
)
export const noSubscription = errorCode(
  'no-subscription',
  409,
  'The household does not have this service',
  'Order `add` first.',
)
export const priorityNotAllowed = errorCode(
  'priority-not-allowed',
  403,
  'Only operators may order with the highest priority',
  'Order with priority 1 to 4, or ask an operator to place the order, or to make a policy or a campaign that does.',
)
export const serviceTwice = errorCode(
  'service-twice',
  422,
  'An order names the same service more than once',
  'Put one item per service into an order.',
)
export const orderSettled = errorCode(
  'order-settled',
  409,
  'The order is already settled',
  'Nothing is left to cancel; order `modify` or `remove` instead.',
)
export const tooManyDevices = errorCode(
  'too-many-devices',
  422,
  'One subscription reaches more devices than one order can carry',
  'Name at most 250 devices per item, in several orders.',
)
export const relationBroken = errorCode(
  'relation-broken',
  422,
  'The household’s services would not go together',
  'Read each place: order what is required as well, or remove what conflicts, in the same order.',
)
export const subscriptionSuspended = errorCode(
  'subscription-suspended',
  409,
  'The service is suspended',
  'Order `resume` first, or `remove`.',
)
export const notSuspended = errorCode(
  'not-suspended',
  409,
  'The service is not suspended',
  'There is nothing to resume; order `suspend` first, or `modify` to change its version.',
)
export const subscriptionRemoving = errorCode(
  'subscription-removing',
  409,
  'The service is being removed',
  'Order `modify` to keep it after all, or wait until it is removed and order `add`.',
)
export const subscriptionMoving = errorCode(
  'subscription-moving',
  409,
  'The service is on its way to another household',
  'Wait until that order is over, or cancel it; then order again.',
)
export const subscriptionMoved = errorCode(
  'subscription-moved',
  409,
  'The service has been moved to another household',
  'Order for the household that has it now, or order `add` for this one.',
)
export const subscriptionEnded = errorCode(
  'subscription-ended',
  409,
  'The service was removed from the household',
  'Order `add` to have it again.',
)
export const circularItems = errorCode(
  'circular-items',
  422,
  'Items of the order wait for one another',
  'Take one of the named `after` out, so that some item can begin first.',
)
export const startTooFar = errorCode(
  'start-too-far',
  422,
  'The order is to begin later than the hub plans ahead',
  'Ask for a start within 366 days.',
)
export const completionPast = errorCode(
  'completion-past',
  422,
  'The order is to be completed at a time that has passed',
  'Ask for a later completion, or leave it out.',
)
export const itemNotFailed = errorCode(
  'item-not-failed',
  409,
  'The item has not failed',
  'Only items that are failed or partial can be tried again; look at the order (GET /api/v1/orders/{id}).',
)
export const orderUndone = errorCode(
  'order-undone',
  409,
  'The order was put back as a whole',
  'Nothing of it is left to try again: place the order again.',
)
export const retryTooLate = errorCode(
  'retry-too-late',
  409,
  'The item can no longer be tried again',
  'Order `modify` for what the household is to have now.',
)
