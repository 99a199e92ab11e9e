import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { circles, moduleCircles } from './cycles.ts'
import { readSource } from './imports.ts'
import { violations } from './rules.ts'

/** Fewer files than this means that the tool looked in the wrong place, not that the house is clean. */
const floor = 200

/** Checks which way imports run. Prints every violation with its reason; returns the number of them. */
export function checkLayers(root: string): number {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '*.ts', '*.tsx'],
    { cwd: root, encoding: 'utf8' },
  )
  const paths = listed
    .split('\n')
    .filter((path) => path !== '' && !path.endsWith('.d.ts') && existsSync(join(root, path)))
  const files = paths.map((path) => readSource(root, path))
  const lines = [
    ...violations(files).map(({ rule, file, what, why }) => `${file} ${what}\n    rule: ${rule} (${why})`),
    ...circles(files).map((circle) => `circle of imports: ${circle.join(' → ')}`),
    ...moduleCircles(files).map((circle) => `circle of modules: ${circle.join(' → ')}`),
    ...(files.length < floor ? [`only ${files.length} files were seen, at least ${floor} expected`] : []),
  ]
  for (const line of lines) console.error(line)
  console.log(`layers: ${files.length} files, ${lines.length} violations`)
  return lines.length
}

if (import.meta.main) process.exitCode = checkLayers(process.cwd()) > 0 ? 1 : 0
