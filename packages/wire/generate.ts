/** Renews what is made from the code in docs/reference/native-protocol.md: `node packages/wire/generate.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { renewDocument } from './src/test/document.ts'

const document = new URL('../../docs/reference/native-protocol.md', import.meta.url)
writeFileSync(document, renewDocument(readFileSync(document, 'utf8')))
