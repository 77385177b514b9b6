import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SeededRandom, Weighted } from '../../seed/seededRandom.ts'
import type { Edit } from '../model/types.ts'
import { LASTING_RAWS } from '../songbook/vocabulary.ts'
import type { Deed } from './deeds.ts'
import { ALL_RAWS } from './drawEdit.ts'
import { makeEdit } from './makeEdit.ts'
import { PersonConnection } from './personSql.ts'
import { editsSchema } from './rows.ts'
import type { Shelf } from './shelf.ts'
import { verdictOn } from './writerError.ts'

export interface WriterOptions {
  dbUrl: string
  person: string
  random: SeededRandom
  shelf: Shelf
  deeds: () => readonly Weighted<Deed>[]
  isBack: () => boolean
  /** Longest pause between two edits, milliseconds. */
  pauseMs: number
}

/** A person who edits, one edit after the other, and tries again once as the app does. */
export class Writer {
  readonly #options: WriterOptions
  readonly #connection: PersonConnection
  #stopAfter = Number.POSITIVE_INFINITY
  #rounds = 0
  #edits = 0
  readonly #problems: string[] = []

  constructor(options: WriterOptions) {
    this.#options = options
    this.#connection = new PersonConnection(options.dbUrl)
  }

  /** Errors that a person would have seen. */
  get problems(): readonly string[] {
    return this.#problems
  }

  get edits(): number {
    return this.#edits
  }

  async write(): Promise<void> {
    const { random, pauseMs } = this.#options
    while (this.#rounds < this.#stopAfter) {
      await this.#editWithOneRetry()
      this.#rounds += 1
      await delay(random.below(pauseMs))
    }
    await this.#connection.close()
  }

  /** @param rounds how many it does in all, if it has not done more already */
  stopAfter(rounds: number): void {
    this.#stopAfter = rounds
  }

  async #editWithOneRetry(): Promise<void> {
    const { random, deeds } = this.#options
    const deed = random.pickWeighted(deeds())
    for (let tries = 1; ; tries += 1) {
      const attempt = randomUUID()
      try {
        const edit = await this.#edit(attempt, deed)
        return this.#note(edit)
      } catch (error) {
        const verdict = verdictOn(error)
        if (verdict === 'refused') return
        const committed = await this.#committed(attempt)
        if (committed !== undefined) return this.#note(committed)
        if (verdict === 'wrong' || tries === 2) {
          this.#problems.push(`a writer saw, at try ${tries} of ${deed.name}: ${textOf(error)}`)
          return
        }
      }
    }
  }

  #edit(attempt: string, deed: Deed): Promise<Edit | null> {
    const { person, random, shelf, isBack } = this.#options
    return makeEdit(this.#connection, deed, {
      person,
      random,
      attempt,
      song: shelf.pick(random),
      raws: isBack() ? LASTING_RAWS : ALL_RAWS,
      isBack: isBack(),
    })
  }

  /** What an answer that got lost would have said. Waits until the server is there again. */
  async #committed(attempt: string): Promise<Edit | undefined> {
    for (;;) {
      try {
        const rows = await this.#connection.transaction(
          (sql) => sql`select l.edit from chaos.log as l where l.attempt = ${attempt}`,
        )
        return editsSchema.parse(rows)[0]?.edit
      } catch (error) {
        if (verdictOn(error) !== 'passing') throw error
        await delay(20)
      }
    }
  }

  #note(edit: Edit | null): void {
    if (edit === null) return
    this.#edits += 1
    if (edit.kind === 'insert') this.#options.shelf.add(edit.song)
    if (edit.kind === 'delete') this.#options.shelf.remove(edit.song)
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? `${String(error.code)} ${error.message}` : error.message
}
