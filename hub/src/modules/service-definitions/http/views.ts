import type { Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'

const iso = (time: number): string => new Date(time).toISOString()

export function serviceView({ id, title, developer, state, createdAt }: Service) {
  return { id, title, developer, state, createdAt: iso(createdAt) }
}

export function summaryView({ service, version, state, notes, createdAt, releasedAt }: VersionSummary) {
  const released = releasedAt === null ? null : iso(releasedAt)
  return { service, version, state, notes, createdAt: iso(createdAt), releasedAt: released }
}

export function versionView(version: VersionDefinition) {
  return { ...summaryView(version), relations: [...version.relations], components: [...version.components] }
}
