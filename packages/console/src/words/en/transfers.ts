export const transfers = {
  title: 'Imports and exports',
  text: 'Files of many lines: CSV with a head, or a JSON object a line.',
  imports: {
    title: 'Import',
    what: 'What',
    kinds: { devices: 'Devices', subscriptions: 'Subscriptions' },
    columns: {
      devices:
        'Columns: serial, and household or householdExternalId (with householdName and timeZone to make it); externalId, expiresInSeconds. Each line becomes a claim for the device with that serial number.',
      subscriptions:
        'Columns: service, household or householdExternalId; version, channel, externalId. Each line becomes an order.',
    },
    file: 'File',
    run: 'Import',
    consequence: 'Lines that are taken stay taken, also when the upload is cut off. The same file can be sent again.',
    running: (lines: number) => `${lines.toLocaleString('en')} lines so far`,
    done: (created: number, unchanged: number, failed: number) =>
      `${created} made, ${unchanged} unchanged, ${failed} refused.`,
    results: 'Download what became of each line',
    resultsText: 'Claims are in it and shown this once: keep the file.',
    past: 'Earlier imports',
    none: 'Nothing was imported yet.',
    state: 'State',
    states: { running: 'running', done: 'done', 'cut-off': 'cut off' },
    created: 'Made',
    unchanged: 'Unchanged',
    failed: 'Refused',
    started: 'Started',
    choose: 'Choose a file first.',
  },
  exports: {
    title: 'Export',
    text: 'Everything that you may see, line by line.',
    kinds: { devices: 'Devices', subscriptions: 'Subscriptions', orders: 'Orders', deliveries: 'Deliveries' },
    csv: 'CSV',
    ndjson: 'JSON lines',
  },
} as const
