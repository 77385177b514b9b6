import postgres from 'postgres'
import { type Link, type LinkOptions, openLink } from '../../stack/link.ts'

/** A value of a statement; whatever else there is goes as JSON text. */
type Value = string | number | boolean | null

/** Runs one statement with its values. */
export type PersonSql = (
  text: TemplateStringsArray,
  ...values: readonly Value[]
) => Promise<readonly unknown[]>

/** A person's one connection, opened anew after it was lost. */
export class PersonConnection {
  readonly #options: LinkOptions
  #link: Link | undefined

  constructor(dbUrl: string) {
    this.#options = postgres(dbUrl, { onnotice: () => undefined }).options
  }

  /** @throws what the server said, or LostLink */
  async transaction<T>(work: (sql: PersonSql) => Promise<T>): Promise<T> {
    const link = await this.#open()
    await link.run('begin')
    try {
      const result = await work(statementsOn(link))
      await link.run('commit')
      return result
    } catch (error) {
      if (!link.isLost()) await link.run('rollback')
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#link?.close()
  }

  async #open(): Promise<Link> {
    if (this.#link === undefined || this.#link.isLost()) this.#link = await openLink(this.#options)
    return this.#link
  }
}

function statementsOn(link: Link): PersonSql {
  return async (text, ...values) => {
    const statement = text.reduce((sofar, piece, index) => `${sofar}$${index}${piece}`)
    return link.run(statement, [...values])
  }
}
