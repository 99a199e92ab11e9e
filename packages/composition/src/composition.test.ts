import { describe, expect, it } from 'vitest'
import { compositionFindings } from './composition-findings.ts'
import { storedFindings } from './component-files.ts'
import { compositionLimits, manifestOf, type Composition, type CompositionComponent } from './composition.ts'

const a = 'a'.repeat(64)
const b = 'b'.repeat(64)
const file = (path: string, digest = a, size = 3) => ({ path, size, digest, mode: 0o644 })

const component = (change: Partial<CompositionComponent> = {}): CompositionComponent => ({
  name: 'app',
  deviceClass: 'phone',
  compatibility: 'true',
  restart: 'none',
  health: null,
  after: [],
  files: [file('index.html')],
  ...change,
})

const composition = (change: Partial<Composition> = {}): Composition => ({
  version: '1.0.0',
  notes: '',
  components: [component()],
  relations: [],
  ...change,
})

const pointers = (change: Partial<Composition>) =>
  compositionFindings('radio', composition(change)).map((finding) => finding.pointer)

describe('a composition', () => {
  it('without mistakes has no findings', () => {
    const health = { run: ['node', 'health.mjs'], timeoutSeconds: 10 }
    const relations = [{ kind: 'requires', service: 'channel-list', range: '^2.0.0 || 4.x' }]
    expect(compositionFindings('radio', composition({ components: [component({ health })], relations }))).toEqual([])
  })

  it.each(['1.0', 'v1.0.0', '1.0.0+build', ' 1.0.0', '', '1.0.0-'])('needs a semantic version, not “%s”', (version) => {
    expect(pointers({ version })).toEqual(['/version'])
  })

  it.each([
    ['../escape', '..'],
    ['/etc/passwd', 'absolute'],
    ['a/./b', '.'],
    ['a\\b', 'backslash'],
    ['nul.txt', 'device'],
    ['e\u0301.txt', 'normalisation'],
  ])('refuses the path %s', (path, word) => {
    const [finding, ...more] = compositionFindings(
      'radio',
      composition({ components: [component({ files: [file(path)] })] }),
    )
    expect(finding?.pointer).toBe('/components/0/files/0/path')
    expect(finding?.detail).toContain(`“${path}”`)
    expect(finding?.detail).toContain(word)
    expect(more).toEqual([])
  })

  it('refuses paths that are one on some file system, pointing at the later one', () => {
    const files = [file('Index.html'), file('other'), file('index.HTML'), file('other')]
    expect(pointers({ components: [component({ files })] })).toEqual([
      '/components/0/files/2/path',
      '/components/0/files/3/path',
    ])
  })

  it('needs components, files, and no more of them than the bounds', () => {
    expect(pointers({ components: [] })).toEqual(['/components'])
    expect(pointers({ components: [component({ files: [] })] })).toEqual(['/components/0/files'])
    const files = Array.from({ length: compositionLimits.files + 1 }, (_, at) => file(`f${at}`))
    expect(pointers({ components: [component({ files })] })).toContain('/components/0/files')
  })

  it('is told all its mistakes at once', () => {
    const broken = component({
      name: 'App',
      deviceClass: 'toaster',
      compatibility: 'report.memory.total >',
      restart: 'always',
      health: { run: [], timeoutSeconds: 0 },
      files: [{ path: 'x', size: -1, digest: 'ABC', mode: 0o777 }],
    })
    const relations = [
      { kind: 'needs', service: 'Radio', range: 'newest' },
      { kind: 'requires', service: 'radio', range: '*' },
      { kind: 'conflicts', service: 'other', range: '1.x' },
      { kind: 'conflicts', service: 'other', range: '2.x' },
    ]
    expect(pointers({ version: 'one', components: [component(), component(), broken], relations })).toEqual([
      '/version',
      '/components/1/name',
      '/components/2/name',
      '/components/2/deviceClass',
      '/components/2/restart',
      '/components/2/compatibility',
      '/components/2/health/run',
      '/components/2/health/timeoutSeconds',
      '/components/2/files/0/digest',
      '/components/2/files/0/size',
      '/components/2/files/0/mode',
      '/relations/0/kind',
      '/relations/0/service',
      '/relations/0/range',
      '/relations/1/service',
      '/relations/3',
    ])
  })

  it('has a role that there is, and names by which devices without our agent report it', () => {
    const given = (role: string, reports: CompositionComponent['reports'] = null) =>
      pointers({ components: [component({ role, reports })] })
    expect(given('firmware', { name: 'linux', version: '' })).toEqual([])
    expect(given('image')).toEqual(['/components/0/role'])
    expect(given('unit', {})).toEqual(['/components/0/reports'])
    expect(given('unit', { name: '', version: 'v'.repeat(257) })).toEqual([
      '/components/0/reports/name',
      '/components/0/reports/version',
    ])
  })

  it('holds no text that the database cannot', () => {
    expect(pointers({ notes: 'a\0b' })).toEqual(['/notes'])
    expect(pointers({ notes: '\ud800' })).toEqual(['/notes'])
  })
})

describe('a composition against the stored blobs', () => {
  it('lists each missing digest once, and each wrong size', () => {
    const files = [file('one', a, 3), file('again', a, 3), file('two', b, 9)]
    const wanted = composition({ components: [component({ files })] })
    expect(storedFindings(wanted, new Map([[b, 8]]))).toEqual({
      missing: [{ pointer: '/components/0/files/0/digest', detail: `${a} (one) is not stored` }],
      wrong: [{ pointer: '/components/0/files/2/size', detail: 'of two is 9, but the stored blob has 8 bytes' }],
    })
  })
})

describe('the manifest of a component', () => {
  it('lists files in the order that devices hash them in', () => {
    const files = ['b', 'a/z', 'B', 'a'].map((path) => file(path))
    const manifest = manifestOf('radio', '1.0.0', component({ files }))
    expect(manifest.files.map((each) => each.path)).toEqual(['B', 'a', 'a/z', 'b'])
    expect(manifest).toMatchObject({ service: 'radio', version: '1.0.0', component: 'app' })
  })
})
