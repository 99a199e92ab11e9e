/**
 * What a version of a service may be made of: one set of rules for the hub, which refuses what breaks them, and for the developer's
 * command line, which says so before anything is sent.
 */
export { compatibilityMistake, compatibilityRefusal, compatible } from './compatibility.ts'
export { storedFindings } from './component-files.ts'
export {
  compositionLimits,
  installRoles,
  manifestOf,
  namePattern,
  type Composition,
  type CompositionComponent,
} from './composition.ts'
export { compositionFindings } from './composition-findings.ts'
export type { Finding } from './findings.ts'
export { stagesOf } from './stages.ts'
export { deviceClasses, relationKinds, type Relation } from './vocabulary.ts'
