export { openAuditExport } from './audit.ts'
export { openExport, sendImport, type ImportAnswer } from './bulk.ts'
export { ApiError, problemOf, type Problem } from './api-error.ts'
export {
  answer,
  createClient,
  sendWith,
  pages,
  type ClientOptions,
  type FetchFunction,
  type Schemas,
  type SutlerClient,
} from './client.ts'
export { followEvents, type EventOptions, type StreamedEvent } from './events.ts'
export { entryAt, followSteps, type Step, type StreamedStep } from './steps.ts'
