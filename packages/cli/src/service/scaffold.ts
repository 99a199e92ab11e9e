import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { deviceClasses, namePattern } from '@sutler/composition'
import { CommandError } from '../command-error.ts'

export interface Scaffold {
  readonly id: string
  readonly title: string
  readonly classes: readonly string[]
}

/** Path → content of a new service's source. */
export function scaffoldFiles({ id, title, classes }: Scaffold): Readonly<Record<string, string>> {
  const document = {
    id,
    title,
    version: '0.1.0',
    notes: 'The first version.',
    components: classes.map((deviceClass) => ({
      name: deviceClass,
      deviceClass,
      compatibility: "'node' in report.runtimes",
      restart: 'none',
      health: { run: ['node', 'health.mjs'], timeoutSeconds: 10 },
      from: deviceClass,
    })),
  }
  const files: Record<string, string> = {
    'service.json': `${JSON.stringify(document, null, 2)}\n`,
    'README.md': readme(id, title),
  }
  for (const name of classes) {
    files[`${name}/index.html`] = page(title, name)
    files[`${name}/health.mjs`] = health
  }
  return files
}

/**
 * Writes them into a directory that is new or empty.
 * @throws CommandError `directory-not-empty`, `file-unwritable`, `option-invalid`
 */
export async function writeScaffold(directory: string, scaffold: Scaffold): Promise<string[]> {
  const { id, title, classes } = scaffold
  if (!namePattern.test(id))
    throw new CommandError(
      'option-invalid',
      `“${id}” is not an id of a service`,
      'Use 2 to 63 of a–z, 0–9 and -, first a letter; name it with --id.',
    )
  if (title.trim() === '' || title.length > 200)
    throw new CommandError('option-invalid', 'the title has no characters, or more than 200', 'Name it with --title.')
  const unknown = classes.find((name) => !(deviceClasses as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw new CommandError(
      'option-invalid',
      `“${unknown}” is no device class`,
      `There are ${deviceClasses.join(', ')}.`,
    )
  const root = resolve(directory)
  const there = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw unwritable(root, error)
  })
  if (there.length > 0)
    throw new CommandError(
      'directory-not-empty',
      `${root} has ${there.length} entries already`,
      'Name a new directory: nothing is ever overwritten.',
    )
  const files = scaffoldFiles(scaffold)
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { flag: 'wx' })
    } catch (error) {
      throw unwritable(file, error as Error)
    }
  }
  return Object.keys(files)
}

function unwritable(file: string, error: Error): CommandError {
  return new CommandError(
    'file-unwritable',
    `${file} cannot be written: ${error.message}`,
    'Name another directory.',
    error,
  )
}

function page(title: string, name: string): string {
  const shown = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>${shown}</title>
  <h1>${shown}</h1>
  <p>This is the component for a ${name}.</p>
</html>
`
}

const health = `// Run on the device after each installation, in the component's directory. Status 0 is healthy; with any other the device
// goes back to the version that it had, and what is printed here is the reason that you will read.
import { readFile } from 'node:fs/promises'

const page = await readFile('index.html', 'utf8')
if (!page.includes('<h1>')) {
  console.error('index.html has no heading')
  process.exit(1)
}
`

function readme(id: string, title: string): string {
  return `# ${title}

| file | what it is |
| --- | --- |
| \`service.json\` | what the service is called, and what it is made of |
| one directory per device class | the files that a device of the class gets |
| \`health.mjs\` in each | says whether what was installed works |

\`\`\`sh
sutler service validate .         # what is wrong, and where
sutler try .                      # on simulated devices, on this machine
sutler service publish . --key developer.key
sutler service release ${id} 0.1.0
sutler service status ${id}
\`\`\`
`
}
