import type { Service, VersionDefinition, VersionSummary } from '../domain/definition.ts'

const iso = (time: number): string => new Date(time).toISOString()

export function serviceView({ id, title, developer, categories, parental, state, createdAt }: Service) {
  return { id, title, developer, categories: [...categories], parental, state, createdAt: iso(createdAt) }
}

export function summaryView({ service, version, state, channel, notes, createdAt, releasedAt }: VersionSummary) {
  const released = releasedAt === null ? null : iso(releasedAt)
  return { service, version, state, channel, notes, createdAt: iso(createdAt), releasedAt: released }
}

export function versionView(version: VersionDefinition) {
  const components = version.components.map((component) => ({ ...component, after: [...component.after] }))
  return { ...summaryView(version), relations: [...version.relations], components }
}
