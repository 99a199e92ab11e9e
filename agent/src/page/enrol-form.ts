import { element } from './elements.ts'
import { words } from './words.ts'

export interface EnrolForm {
  readonly whole: HTMLElement
  /** What a link brought along. */
  offer(claim: string): void
  /** Whether the hub is being asked. */
  waiting(waits: boolean): void
}

/** Asks for a claim. What was typed stays there, whatever the hub says to it. */
export function enrolForm(onEnrol: (claim: string, serial: string | null) => void): EnrolForm {
  const { enrol } = words
  const claim = input('claim', enrol.claim, enrol.claimHint)
  const serial = input('serial', enrol.serial, enrol.serialHint)
  const wrong = element('p', { id: 'claim-wrong', class: 'wrong' })
  const waits = element('p', { role: 'status' })
  const button = element('button', { type: 'submit' }, enrol.button)
  const form = element('form', { novalidate: true }, claim.whole, wrong, serial.whole, button, waits)
  claim.field.required = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const missing = claim.field.value.trim() === ''
    wrong.textContent = missing ? enrol.claimMissing : ''
    claim.field.setAttribute('aria-invalid', String(missing))
    if (missing) return claim.field.focus()
    onEnrol(claim.field.value.trim(), serial.field.value.trim() || null)
  })
  const title = element('h2', { id: 'enrol-title' }, enrol.title)
  return {
    whole: element('section', { 'aria-labelledby': 'enrol-title' }, title, element('p', {}, enrol.intro), form),
    offer: (given) => void (claim.field.value = given),
    waiting(waited) {
      waits.textContent = waited ? enrol.waits : ''
      button.disabled = waited
    },
  }
}

function input(name: string, label: string, hint: string): { whole: HTMLElement; field: HTMLInputElement } {
  const field = element('input', {
    id: name,
    name,
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: '400',
    'aria-describedby': `${name}-hint ${name}-wrong`,
  })
  const parts = [
    element('label', { for: name }, label),
    field,
    element('p', { id: `${name}-hint`, class: 'hint' }, hint),
  ]
  return { whole: element('div', { class: 'field' }, ...parts), field }
}
