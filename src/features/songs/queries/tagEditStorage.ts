import * as z from 'zod/mini'
import { Constants } from '../../../lib/database.types.ts'
import type { TagEdit } from '../types.ts'
import { KEPT_EDITS } from './keptEditsKey.ts'

/** A step of tagging that had not reached the server when it was written down. */
export type KeptEdit = {
  songId: string
  edit: TagEdit
  /** When it was made; ms since the epoch. */
  at: number
}

const keptSchema = z.object({
  songId: z.string(),
  at: z.number(),
  edit: z.object({
    kind: z.enum(['add', 'remove']),
    version: z.number(),
    tags: z.array(
      z.object({
        id: z.nullable(z.string()),
        name: z.string(),
        category: z.enum(Constants.public.Enums.tag_category),
      }),
    ),
  }),
})

/**
 * One person's steps in localStorage, each with an entry of its own: tabs do not overwrite each other's. Where storage is
 * refused or full nothing is kept, and a step lasts as long as its page.
 */
export class TagEditStorage {
  readonly #scope: string

  constructor(userId: string) {
    this.#scope = `${KEPT_EDITS}${userId}/`
  }

  /** @param tab that made it @param id which of the tab's it is */
  keep(tab: string, id: number, kept: KeptEdit): void {
    attempt(() => localStorage.setItem(this.#key(tab, id), JSON.stringify(kept)))
  }

  drop(tab: string, id: number): void {
    attempt(() => localStorage.removeItem(this.#key(tab, id)))
  }

  /** The tabs that have left something. */
  tabs(): string[] {
    return [...new Set(this.#ids().map(({ tab }) => tab))]
  }

  /** What a tab has left, in the order in which it was made. What is no such step is dropped. */
  left(tab: string): (KeptEdit & { id: number })[] {
    return this.#ids()
      .filter((one) => one.tab === tab)
      .flatMap(({ id }) => {
        const text = attempt(() => localStorage.getItem(this.#key(tab, id)))
        const kept = keptSchema.safeParse(attempt(() => JSON.parse(text ?? 'null')))
        if (!kept.success) this.drop(tab, id)
        return kept.success ? [{ ...kept.data, id }] : []
      })
      .sort((a, b) => a.at - b.at || a.id - b.id)
  }

  /** Nothing of whoever was here before stays. */
  dropOthers(): void {
    attempt(() => {
      for (const key of Object.keys(localStorage))
        if (key.startsWith(KEPT_EDITS) && !key.startsWith(this.#scope)) localStorage.removeItem(key)
    })
  }

  #key(tab: string, id: number): string {
    return `${this.#scope}${tab}/${id}`
  }

  #ids(): { tab: string; id: number }[] {
    const keys = attempt(() => Object.keys(localStorage)) ?? []
    return keys
      .filter((key) => key.startsWith(this.#scope))
      .map((key) => {
        const [tab = '', id] = key.slice(this.#scope.length).split('/')
        return { tab, id: Number(id) }
      })
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
