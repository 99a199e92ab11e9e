import { reasonOf } from '../../core/errors.ts'
import type { Processes, ProcessResult } from '../../core/platform.ts'
import type { Apps } from './apps.ts'
import type { AppsLink } from './apps-link.ts'

/** In a page, a health check of `["page", "<path>"]` opens that page of the app; it runs no programs. */
export function pageChecks(apps: Apps, link: AppsLink): Processes {
  return {
    async run(argv, directory, timeout, stop) {
      const [word, path] = argv
      const [, service] = /^services\/([^/]+)\/current$/.exec(directory) ?? []
      if (word !== 'page' || path === undefined || argv.length > 2 || service === undefined)
        return ended(`a browser runs no programs: its health checks are ["page", "<path>"], this is ${argv.join(' ')}`)
      try {
        await apps.follow()
        stop.throwIfAborted()
        const { healthy, detail, timedOut } = await link.check(service, path, timeout)
        return { status: healthy ? 0 : 1, timedOut, output: detail }
      } catch (error) {
        stop.throwIfAborted()
        return ended(reasonOf(error))
      }
    },
  }
}

function ended(output: string): ProcessResult {
  return { status: null, timedOut: false, output }
}
