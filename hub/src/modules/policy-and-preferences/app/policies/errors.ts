import { errorCode } from '../../../../platform/errors.ts'

/** What can be wrong with policies and with what is asked about them. */

export const invalidPolicy = errorCode(
  'invalid-policy',
  422,
  'The policy cannot be as it is written',
  'Read each place: it names the part of the document, and what there is instead. `sutler policy check FILE` says the same.',
)
export const policyExists = errorCode(
  'policy-exists',
  409,
  'There is a policy of this name already',
  'Write a new version of it (POST /api/v1/policies/{id}/versions), or choose another name.',
)
export const policyUntested = errorCode(
  'policy-untested',
  409,
  'This version of the policy was not tried out',
  'Try it on recorded events (POST /api/v1/policies/{id}/versions/{version}/trials), look at the result, and name the newest trial.',
)
export const policyForEveryone = errorCode(
  'policy-for-everyone',
  409,
  'The policy would order for a large part of all households',
  'Make `if` narrower; or, if that is meant, acknowledge it: `acknowledge: ["everyone"]`, `--acknowledge-all`.',
)
export const policyNothingSeen = errorCode(
  'policy-nothing-seen',
  409,
  'The trial saw nothing that would set the policy off',
  'Try more days, or acknowledge that it is switched on without a proof: `acknowledge: ["nothing-seen"]`, `--acknowledge-nothing-seen`.',
)
export const policyLoop = errorCode(
  'policy-loop',
  409,
  'The policy would set itself off, by way of its own orders',
  'Say in `if` which events it is not for (for example `event.data.service != "…"`), or give it `limits.perHouseholdPerDay`.',
)
export const policyNotActive = errorCode(
  'policy-not-active',
  409,
  'No version of the policy is in force',
  'There is nothing to switch off; `sutler policy show` says which versions there are.',
)
export const approvalSettled = errorCode(
  'approval-settled',
  409,
  'This was answered already, or nobody answered in time',
  'Look at it (GET /api/v1/approvals/{id}): it says who decided, and when.',
)
