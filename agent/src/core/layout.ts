/**
 * Where things are in the agent's directory.
 *
 *   identity                      key and identity, 0600
 *   journal                       what must not be forgotten
 *   log, log.before               the newest lines of the agent's log, and those before, without secrets
 *   staging/<service>/<digest>    files on their way, named by content
 *   staging/<service>/<digest>.<digest>.<bytes>.dcz  patches to them, named by their own content and size
 *   services/<service>/current    link to versions/<directory>: the one rename of it switches
 *   services/<service>/versions/<directory>/…   a version's files, and nothing else
 *   services/<service>/versions/<directory>.json its manifest
 *   trust/<file>                  signed metadata that are trusted, and the assignment in force
 *   trash/<directory>             removed services, until deleted
 */
export const layout = {
  identity: 'identity',
  log: 'log',
  logBefore: 'log.before',
  staging: 'staging',
  stagingOf: (service: string) => `staging/${service}`,
  part: (service: string, digest: string) => `staging/${service}/${digest}`,
  patchPart: (service: string, digest: string, patch: string, size: number) =>
    `staging/${service}/${digest}.${patch}.${size}.dcz`,
  services: 'services',
  service: (service: string) => `services/${service}`,
  versions: (service: string) => `services/${service}/versions`,
  version: (service: string, directory: string) => `services/${service}/versions/${directory}`,
  manifest: (service: string, directory: string) => `services/${service}/versions/${directory}.json`,
  current: (service: string) => `services/${service}/current`,
  nextLink: (service: string) => `services/${service}/current.next`,
  linkTarget: (directory: string) => `versions/${directory}`,
  trust: 'trust',
  trusted: (file: string) => `trust/${file}`,
  trash: 'trash',
  trashed: (directory: string) => `trash/${directory}`,
} as const
