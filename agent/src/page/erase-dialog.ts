import { element } from './elements.ts'
import { words } from './words.ts'

/** Asks once more, and says what it means, before all is gone. */
export function eraseDialog(onErase: () => void): HTMLDialogElement {
  const { erase } = words
  const cancel = element('button', { type: 'button', class: 'quiet' }, erase.cancel)
  const confirm = element('button', { type: 'button', class: 'danger' }, erase.confirm)
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'erase-title', 'aria-describedby': 'erase-consequence' },
    element('h2', { id: 'erase-title' }, erase.title),
    element('p', { id: 'erase-consequence' }, erase.consequence),
    element('div', { class: 'buttons' }, cancel, confirm),
  )
  cancel.addEventListener('click', () => dialog.close())
  confirm.addEventListener('click', () => {
    confirm.disabled = true
    onErase()
  })
  return dialog
}
