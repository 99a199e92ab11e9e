export { publishService, releaseVersion, type PublishProgress } from './publish-service.ts'
export { readServiceSource, type Composition, type ServiceSource } from './service-source.ts'
