import { Editor } from './editor/Editor.tsx'
import { starter } from './editor/starter.ts'

export function NewModel() {
  return <Editor name="" base={null} text={starter} />
}
