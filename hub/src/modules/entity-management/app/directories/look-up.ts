import { OutsideError } from '../../../../platform/errors.ts'
import type { Directory, DirectoryPerson } from '../../domain/directories/directory.ts'
import { foldedWords } from '../../domain/search/words.ts'
import type { EntityDependencies } from '../dependencies.ts'
import { askDirectory, type Wish } from './ask-directory.ts'

/** What came of asking one directory. */
export type Answered =
  | { readonly answered: true; readonly people: readonly DirectoryPerson[] }
  | { readonly answered: false; readonly why: string }

/** Answers that are kept, of all directories together; the oldest goes. */
const mostKept = 2_000
/** A directory that failed is left alone for so long, milliseconds: nobody waits for it again meanwhile. */
const leftAlone = 10_000
/** Look-ups under way in one directory; more are not begun. */
const mostAtATime = 8
/** People of one answer. */
export const mostPeople = 25

interface Kept {
  readonly answer: Answered
  /** Monotonic clock. */
  readonly until: number
}

/** Looks people up outside: from memory where it was asked lately, together where it is being asked, not at all where it has just failed. */
export class DirectoryLookUps {
  readonly #deps: Pick<EntityDependencies, 'clock' | 'log' | 'outside'>
  readonly #kept = new Map<string, Kept>()
  readonly #asking = new Map<string, Promise<Answered>>()
  readonly #failed = new Map<string, Kept>()
  readonly #underWay = new Map<string, number>()

  constructor(deps: Pick<EntityDependencies, 'clock' | 'log' | 'outside'>) {
    this.#deps = deps
  }

  find(directory: Directory, secret: Buffer | null, text: string): Promise<Answered> | Answered {
    const now = this.#deps.clock.monotonic()
    // A changed directory is another one: its version is part of the key.
    const place = `${directory.id} ${directory.version}`
    const key = `${place} ${foldedWords(text).join(' ')}`
    const kept = this.#kept.get(key)
    if (kept !== undefined && now < kept.until) return kept.answer
    const failed = this.#failed.get(place)
    if (failed !== undefined && now < failed.until) return failed.answer
    const asking = this.#asking.get(key)
    if (asking !== undefined) return asking
    if ((this.#underWay.get(place) ?? 0) >= mostAtATime)
      return { answered: false, why: 'It is busy with other look-ups of this hub.' }
    const begun = this.#ask(directory, secret, { text }, place).finally(() => this.#asking.delete(key))
    this.#asking.set(key, begun)
    return begun.then((answer) => {
      this.#keep(this.#kept, key, answer, answer.answered ? directory.settings.keep : 0)
      return answer
    })
  }

  /** Asks now, whatever is remembered. */
  now(directory: Directory, secret: Buffer | null, wish: Wish): Promise<Answered> {
    return this.#ask(directory, secret, wish, `${directory.id} ${directory.version}`)
  }

  async #ask(directory: Directory, secret: Buffer | null, wish: Wish, place: string): Promise<Answered> {
    const { log, outside } = this.#deps
    this.#underWay.set(place, (this.#underWay.get(place) ?? 0) + 1)
    try {
      const plain = secret === null ? null : outside!.sealing.open(purposeOf(directory.id), secret).toString()
      const people = await askDirectory(directory, plain, wish, { inside: outside!.inside, limit: mostPeople })
      this.#failed.delete(place)
      return { answered: true, people }
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
      log.warn({ directory: directory.id, reason: error.message }, 'a directory of people did not answer')
      const answer = { answered: false, why: error.message } as const
      this.#keep(this.#failed, place, answer, leftAlone)
      return answer
    } finally {
      const left = (this.#underWay.get(place) ?? 1) - 1
      if (left === 0) this.#underWay.delete(place)
      else this.#underWay.set(place, left)
    }
  }

  #keep(where: Map<string, Kept>, key: string, answer: Answered, milliseconds: number): void {
    if (milliseconds <= 0) return
    where.delete(key)
    where.set(key, { answer, until: this.#deps.clock.monotonic() + milliseconds })
    if (where.size > mostKept) where.delete(where.keys().next().value!)
  }
}

/** What a directory’s secret is sealed for. */
export function purposeOf(directory: string): string {
  return `directory ${directory}`
}
