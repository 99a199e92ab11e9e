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
  'Give it an id of 1 to 200 characters, a type, and arguments of JSON text that is well-formed, without NUL, at most 64 KiB.',
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
  'Send the signal again, with the same id, to another hub or when this one is back.',
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
