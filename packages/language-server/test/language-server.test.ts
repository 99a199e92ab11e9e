import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  DidCloseTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type Position,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { capabilities } from '../src/capabilities.ts'
import { Editor } from './editor.ts'

const uri = 'file:///patterns/delivery.pattern'

const text = `model delivery 1.0.0 "Deliver one version"

shared maxOffers = 5
data offers = 0

states planned (initial), pending, confirmed (final), failed (final)

signal start
signal accepted(digest: string)
signal late

on start: planned -> pending
  set offers = data.offers + 1
  emit late after 15m while pending

on late: pending -> failed when data.offers >= shared.maxOffers
on late: pending -> planned as "again" when data.offers < shared.maxOffers
  emit start

on accepted: pending -> confirmed
`

const editor = new Editor()
const document = { uri }

/** Where a piece of a text is: its first character, `more` characters on. */
function place(piece: string, more = 0, of = text): Position {
  const at = of.indexOf(piece)
  if (at === -1) throw new Error(`there is no ${piece}`)
  return TextDocument.create(uri, '', 0, of).positionAt(at + more)
}

function written({ start, end }: Range, of = text): string {
  return TextDocument.create(uri, '', 0, of).getText({ start, end })
}

function after(edits: TextEdit[] | null | undefined, of = text): string {
  return TextDocument.applyEdits(TextDocument.create(uri, '', 0, of), edits ?? [])
}

function changes(edit: WorkspaceEdit | null): TextEdit[] | undefined {
  return edit?.changes?.[uri]
}

beforeAll(async () => {
  await editor.initialize({ tasks: ['device.offer', 'device.cancel'] })
  await editor.open(uri, text)
  await editor.diagnostics(uri, 1)
})

afterAll(() => editor.kill())

describe('language server', () => {
  it('finds nothing wrong with a sound pattern', async () => {
    expect(await editor.diagnostics(uri, 1)).toEqual([])
  })

  it('says in which places two mistakes are, and takes them back when they are mended', async () => {
    const wrong = 'file:///patterns/wrong.pattern'
    const mistaken = text
      .replace('on late: pending -> failed', 'on late: pendin -> failed')
      .replace('while pending', 'whle pending')
    await editor.open(wrong, mistaken)
    const found = await editor.diagnostics(wrong, 1)
    expect(
      found.map(({ range, severity, source }) => ({ text: written(range, mistaken), range, severity, source })),
    ).toEqual([
      {
        text: 'whle',
        range: { start: place('whle', 0, mistaken), end: place('whle', 4, mistaken) },
        severity: 1,
        source: 'sutler',
      },
      {
        text: 'pendin',
        range: { start: place('pendin -', 0, mistaken), end: place('pendin -', 6, mistaken) },
        severity: 1,
        source: 'sutler',
      },
    ])
    expect(found[0]?.message).toMatch(/did you mean while\?/)
    expect(found[1]?.message).toMatch(/did you mean pending\?/)

    const params = { textDocument: { uri: wrong }, range: found[1]!.range, context: { diagnostics: [found[1]!] } }
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, params)
    expect(actions).toMatchObject([
      { title: 'Write pending', kind: 'quickfix', edit: { changes: { [wrong]: [{ newText: 'pending' }] } } },
    ])

    await editor.change(wrong, 2, text)
    expect(await editor.diagnostics(wrong, 2)).toEqual([])
    await editor.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: wrong } })
    expect(await editor.diagnostics(wrong, undefined)).toEqual([])
  })

  it('publishes of many changes in a row the last, and nothing of a text that is old', async () => {
    const busy = 'file:///patterns/busy.pattern'
    await editor.open(busy, text)
    for (let version = 2; version <= 40; version += 1)
      await editor.change(busy, version, `${text}\n// ${version}\non ${version}`)
    await editor.change(busy, 41, `${text}on strt: planned -> pending\n`)
    const found = await editor.diagnostics(busy, 41)
    expect(found.map(({ message }) => message).join('\n')).toMatch(/did you mean start/)
    const versions = editor.published(busy).map(({ version }) => version!)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(versions.length).toBeLessThan(10)
  })

  it('shows on hover what a name is', async () => {
    const hover = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: document,
      position: place('data.offers + 1', 6),
    })
    expect(hover?.contents).toMatchObject({
      kind: 'markdown',
      value: expect.stringMatching(/^```sutler-pattern\ndata offers = 0\n```\n\nDeclared in line 4/),
    })
    expect(written(hover!.range!)).toBe('offers')
  })

  it('completes a task by the names from the settings, a state behind the arrow', async () => {
    const typed = 'file:///patterns/typed.pattern'
    const more = `${text}  task device.o`
    await editor.open(typed, more)
    const end = place('  task device.o', '  task device.o'.length, more)
    const tasks = await editor.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: typed },
      position: end,
    })
    expect(Array.isArray(tasks) && tasks.map(({ label }) => label)).toEqual(['device.offer', 'device.cancel'])
    const states = await editor.connection.sendRequest(CompletionRequest.type, {
      textDocument: document,
      position: place('-> confirmed', 3),
    })
    expect(Array.isArray(states) && states.map(({ label }) => label)).toEqual([
      'planned',
      'pending',
      'confirmed',
      'failed',
      'none',
    ])
    expect(Array.isArray(states) && states[0]).toMatchObject({
      detail: 'state planned (initial)',
      textEdit: { newText: 'planned' },
    })
  })

  it('goes to the declaration and finds all places', async () => {
    const position = place('while pending', 8)
    const definition = await editor.connection.sendRequest(DefinitionRequest.type, { textDocument: document, position })
    expect(definition).toEqual([
      { uri, range: { start: place('pending, confirmed'), end: place('pending, confirmed', 7) } },
    ])
    const context = { includeDeclaration: true }
    const references = await editor.connection.sendRequest(ReferencesRequest.type, {
      textDocument: document,
      position,
      context,
    })
    expect(references?.map(({ range }) => written(range))).toEqual(Array.from({ length: 6 }, () => 'pending'))
    const highlights = await editor.connection.sendRequest(DocumentHighlightRequest.type, {
      textDocument: document,
      position: place('offers = 0'),
    })
    expect(highlights?.map(({ kind }) => kind)).toEqual([3, 3, 2, 2, 2])
  })

  it('renames in declarations and expressions, and says why it does not', async () => {
    const position = place('data.offers + 1', 6)
    const range = await editor.connection.sendRequest(PrepareRenameRequest.type, { textDocument: document, position })
    expect(range).toMatchObject({ placeholder: 'offers' })
    const edit = await editor.connection.sendRequest(RenameRequest.type, {
      textDocument: document,
      position,
      newName: 'count',
    })
    expect(after(changes(edit))).toBe(text.replaceAll(/\boffers\b/g, 'count'))
    const taken = editor.connection.sendRequest(RenameRequest.type, {
      textDocument: document,
      position: place('on late:', 4),
      newName: 'start',
    })
    await expect(taken).rejects.toThrow('the signal start is there already, in line 8')
    const nothing = editor.connection.sendRequest(PrepareRenameRequest.type, {
      textDocument: document,
      position: place('15m'),
    })
    await expect(nothing).rejects.toThrow('there is no name here that could be changed')
  })

  it('formats with edits, and not a text with mistakes', async () => {
    const untidy = 'file:///patterns/untidy.pattern'
    const options = { tabSize: 2, insertSpaces: true }
    const loose = text.replace('on start: planned -> pending', 'on   start :planned->pending   // go')
    await editor.open(untidy, loose)
    const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri: untidy },
      options,
    })
    expect(after(edits, loose)).toContain('on start: planned -> pending // go')
    await editor.change(untidy, 2, 'model x 1.0.0\nstates a (')
    const refused = editor.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri: untidy },
      options,
    })
    await expect(refused).rejects.toThrow('line 2 cannot be read: mend it first')
  })

  it('gives the outline', async () => {
    const symbols = await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: document })
    const names = symbols?.map((symbol) => ('selectionRange' in symbol ? `${symbol.name} ${symbol.detail}`.trim() : ''))
    expect(names).toContain('again on late: pending -> planned')
    expect(names).toContain('delivery')
  })

  it('tells names by what they stand for, so that editors can colour them', async () => {
    const { data } = (await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: document }))!
    const { tokenTypes } = capabilities.semanticTokensProvider!.legend
    const kinds = Array.from({ length: 4 }, (_, index) => tokenTypes[data[index * 5 + 3]!])
    expect(kinds).toEqual(['keyword', 'namespace', 'number', 'string'])
    // The word `shared`, two lines below the title.
    expect(data.slice(20, 23)).toEqual([2, 0, 'shared'.length])
  })

  it('knows nothing of documents that are not open', async () => {
    const position = { line: 0, character: 0 }
    const hover = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: 'file:///no.pattern' },
      position,
    })
    expect(hover).toBeNull()
  })
})

describe('the server process', () => {
  it('ends with status 0 after shutdown and exit', async () => {
    const other = new Editor()
    const { capabilities, serverInfo } = await other.initialize()
    expect(serverInfo?.name).toBe('sutler')
    expect(capabilities).toMatchObject({ hoverProvider: true, renameProvider: { prepareProvider: true } })
    expect(await other.close()).toBe(0)
  })

  it('ends when its input does, also while it checks a text', async () => {
    const other = new Editor()
    await other.initialize()
    await other.open(uri, text)
    other.closeInput()
    expect(await other.ended()).toBe(1)
  })
})
