import type { KeyObject } from 'node:crypto'
import type { Digest, FileLink } from '@sutler/device-model'
import { CallerError } from '../../../platform/errors.ts'
import { fileLinkQuery, fileLinkSeconds, readFileLink } from '../domain/file-link.ts'
import type { DeviceDecisions } from './audit/device-decisions.ts'
import { linkExpired, linkRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Short-lived links to files, made and checked without the database: all hubs share the secret. */
export function fileLinks(
  { clock, publicUrl }: RegistrationDependencies,
  key: () => KeyObject,
  isCutOff: (device: string) => boolean,
  decisions: DeviceDecisions,
) {
  const seconds = (): number => Math.floor(clock.now() / 1000)
  return {
    /**
     * A link by which the device can fetch the manifest of that digest and its files for 15 minutes: it asks for another when it
     * needs one. Devices that cannot ask get one for a day.
     */
    make(device: string, manifest: Digest, life: 'of-one-download' | 'of-a-day' = 'of-one-download'): FileLink {
      const expires = seconds() + (life === 'of-a-day' ? 86_400 : fileLinkSeconds)
      decisions.linkMade(device, manifest)
      return {
        base: `${publicUrl()}/files/${manifest}`,
        query: fileLinkQuery(key(), device, manifest, expires),
        expires,
      }
    },

    /**
     * The device that may fetch files of this manifest. @param query the raw query string, without `?` @param tell is called with
     * the decision's id, also when it is refused. @throws CallerError `link-refused`, `link-expired` (403)
     */
    check: (
      manifest: Digest,
      query: string,
      shown: string | null = null,
      tell: (decision: string) => void = () => {},
    ): { device: string } => decisions.fileRead(manifest, () => checked(manifest, query, shown), tell),
  }

  function checked(manifest: Digest, query: string, shown: string | null): { device: string } {
    const link = readFileLink(key(), manifest, query)
    if (!link || isCutOff(link.device) || (shown !== null && shown !== link.device)) {
      throw new CallerError(linkRefused, `The link is not one for manifest ${manifest}.`)
    }
    if (seconds() >= link.expires) throw new CallerError(linkExpired, `The link ended at ${link.expires} (unix time).`)
    return { device: link.device }
  }
}
