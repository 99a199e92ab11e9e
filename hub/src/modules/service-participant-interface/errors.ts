import { errorCode } from '../../platform/errors.ts'

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
