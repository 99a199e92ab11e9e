import { errorCode } from '../../../../platform/errors.ts'

/** What can be wrong with a campaign. */

export const campaignImpossible = errorCode(
  'campaign-impossible',
  422,
  'This campaign could never work',
  'Read each place: a gate that can never open, waves that are more than everybody, times that do not fit into one another.',
)
export const campaignNotThere = errorCode(
  'campaign-state',
  409,
  'The campaign is not in a state in which this can be done',
  'Show the campaign (GET /api/v1/campaigns/{id}): its state says what can be done now.',
)
export const sameApprover = errorCode(
  'same-person',
  403,
  'A second person has to approve',
  'Ask somebody who neither made nor started the campaign, and who has the role that it names.',
)
export const nothingToApprove = errorCode(
  'nothing-to-approve',
  409,
  'No approval of this wave is asked for',
  'Show the campaign: its document says before which waves a second person is asked.',
)
