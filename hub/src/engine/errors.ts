import { errorCode } from '../platform/errors.ts'

export const modelUnsound = errorCode(
  'model-unsound',
  422,
  'The model cannot be published',
  'Correct each finding; `sutler model check` shows them with the place in the document.',
)

export const modelVersionTaken = errorCode(
  'model-version-taken',
  409,
  'This version of the model is already published with other content',
  'A published version never changes: give the changed model a higher version.',
)

export const unknownModel = errorCode(
  'unknown-model',
  404,
  'No such model, or no such version of it, is published',
  'GET /api/v1/models lists what is published; publish the model first.',
)

export const unknownRole = errorCode(
  'unknown-role',
  404,
  'There is no such role',
  'GET /api/v1/roles lists the roles that models fill.',
)

export const contractUnmet = errorCode(
  'contract-unmet',
  422,
  'The model does not keep the contract of the role',
  'Read each finding; `sutler model role list --json` shows the contract. Publish a version that keeps it.',
)

export const unknownInstance = errorCode(
  'unknown-instance',
  404,
  'There is no such instance',
  'Check the model and the id; send with `create` to start the instance when it does not exist yet.',
)

export const invalidSignal = errorCode(
  'invalid-signal',
  400,
  'The signal cannot be accepted',
  'Give it an id of 1 to 200 characters, a type, and arguments of JSON text that is well-formed, without NUL, nested at most 128 deep, at most 64 KiB.',
)

export const mailboxFull = errorCode(
  'mailbox-full',
  429,
  'Too many signals wait for this instance',
  'Wait until it has taken some of them (its history shows the pace), then send again with the same id.',
)

export const engineBusy = errorCode(
  'engine-busy',
  503,
  'The signal was not taken in time',
  'Send it again with the same id: if it was taken meanwhile, the answer is the first outcome.',
)

export const engineStopped = errorCode(
  'engine-stopped',
  503,
  'This hub is stopping',
  'Send the request again, a signal with the same id, to another hub or when this one is back.',
)

export const nothingToRetry = errorCode(
  'nothing-to-retry',
  409,
  'There is nothing to retry or to skip',
  'Look at the instance’s attention and history: repair sets its states and data, skip only takes the flag off.',
)

export const cannotRepair = errorCode(
  'cannot-repair',
  422,
  'The instance cannot be set to these states and data',
  'Choose states of the model’s version that do not end it; to end an instance, send it the signal that does.',
)

export const instanceExists = errorCode(
  'instance-exists',
  409,
  'There is an instance of that model with that id already',
  'Choose another id, or leave it out; to signal the one that is there, POST to its signals.',
)

export const instanceDone = errorCode(
  'instance-done',
  409,
  'The instance has ended',
  'Its history says how; start another one.',
)

export const cannotCancel = errorCode(
  'cannot-cancel',
  409,
  'The model’s own cancel needs more than a reason',
  'Send it the signal `cancel` with its arguments, or cancel with `force`: then it ends without a step of its own.',
)

export const migrationInvalid = errorCode(
  'migration-invalid',
  422,
  'Instances cannot be moved so',
  'Give each state of the old version that the new one lacks a state of the new one under `states`; the preview says what would move.',
)

export const tooManyStreams = errorCode(
  'too-many-live-streams',
  503,
  'This hub serves as many live streams as it can',
  'Try again later or at another hub; close streams that are no longer read.',
)

export const modelTooHard = errorCode(
  'model-too-hard',
  422,
  'The model takes more time or memory than there is for it',
  'Make it smaller: fewer states that are current side by side, fewer guards on one signal; call other models for parts of it.',
)

export const workshopFull = errorCode(
  'too-many-models-at-once',
  503,
  'Too many models wait to be checked, drawn or printed',
  'Send it again in a moment, or check it on your side: `sutler model check`.',
)

export const unknownMigration = errorCode(
  'unknown-migration',
  404,
  'There is no such migration of this model',
  'GET /api/v1/models/<name>/migrations lists those that are kept.',
)

export const migrationEnded = errorCode(
  'migration-ended',
  409,
  'The migration has ended already',
  'Its counts and refusals say what became of each instance; start another one for those that are left.',
)
