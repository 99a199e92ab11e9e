export { publishService, releaseVersion, type PublishProgress } from './publish-service.ts'
export { readServiceSource, type Composition, type ServiceSource } from './service-source.ts'
export { byteText } from './terminal.ts'
