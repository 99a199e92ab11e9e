import { errorCode } from '../../../../platform/errors.ts'

export const previewGone = errorCode(
  'preview-gone',
  410,
  'There is no such preview any more',
  'Preview the operation again (POST /api/v1/device-operations/previews): a preview is good for 15 minutes, for one start, and for whoever made it.',
)

export const selectionMoved = errorCode(
  'selection-moved',
  409,
  'Other devices are selected now than at the preview',
  'Preview the operation again and look at what it would do now.',
)

export const tooManyOperations = errorCode(
  'too-many-operations',
  409,
  'Too many operations are running',
  'Wait until one of them has ended, or cancel one; GET /api/v1/device-operations?state=running lists them.',
)

export const operationEnded = errorCode(
  'operation-ended',
  409,
  'The operation has ended',
  'Nothing is left to be cancelled; GET /api/v1/device-operations/{id} says what came of it.',
)

export const ordersAreCampaigns = errorCode(
  'orders-are-campaigns',
  422,
  'An order for many devices is a campaign',
  'Make a campaign with this selection and one wave (POST /api/v1/campaigns); docs/guide/campaigns.md shows one.',
)
