import type { Asked } from '@sutler/device-model'

/** Files that one action may have: a client reads all of their hashes in one document. */
const mostFiles = 100

/** Why DDI cannot carry what is asked, as a sentence; null when it can. */
export function limitOf(asked: Asked): string | null {
  switch (asked.kind) {
    case 'install':
      return asked.files > mostFiles
        ? `DDI names every file of an update in one document, at most ${mostFiles} of them; this has ${asked.files}. Pack them into one.`
        : null
    case 'cancel':
    case 'query-capabilities':
    case 'ping':
      return null
    case 'remove':
      return 'DDI cannot take anything off a device; send a version without it.'
    case 'configure':
      return 'DDI carries no settings; send them as a component with the role configuration.'
    case 'restart':
      return 'DDI cannot restart a device.'
    case 'collect-log':
      return 'DDI cannot ask for a log; devices send details with their feedback.'
    case 'message':
      return 'DDI shows no messages to people.'
  }
}
