import { StackProblem } from './stackProblem.ts'

const MOST_NAMED = 3

/** Migrations were edited after a data folder of ours had applied them: its schema is one that no file describes any more. */
export class StaleData extends StackProblem {
  /** What is the matter, without what to do. */
  readonly what: string

  /** @param files the migrations that were edited */
  constructor(files: readonly string[]) {
    const named = files.slice(0, MOST_NAMED).join(', ')
    const others = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : ''
    const what = `The local data is older than supabase/migrations: changed since then ${files.length === 1 ? 'is' : 'are'} ${named}${others}.`
    super(`${what} Throw the local data away and begin anew: npm run stack -- --reset`)
    this.name = 'StaleData'
    this.what = what
  }
}
