import type { Sql, TransactionSql } from 'postgres'
import type { ValidationReport } from '../../src/features/tags/migration/types.ts'

/** Changes what triggers, foreign keys and the engine would not let anybody change, or would write down. */
export async function tamper(sql: Sql, change: (sql: TransactionSql) => PromiseLike<unknown>): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    await change(transaction)
  })
}

/** The checks that found something, by name. */
export function failed(report: ValidationReport): { name: string; critical: boolean }[] {
  return report.checks.filter((check) => !check.ok).map(({ name, critical }) => ({ name, critical }))
}

/** What a check found different; undefined when the report does not have it. */
export function differencesOf(report: ValidationReport, name: string): unknown[] | undefined {
  return report.checks.find((check) => check.name === name)?.differences
}

/** What is kept of these tables, to be put back after each change. */
export class KeptTables {
  readonly #sql: Sql
  readonly #tables: readonly string[]

  constructor(sql: Sql, tables: readonly string[]) {
    this.#sql = sql
    this.#tables = tables
  }

  async keep(): Promise<void> {
    await this.#sql`create schema kept`
    for (const table of this.#tables)
      await this.#sql.unsafe(`create table kept.${copyOf(table)} as table ${table}`)
  }

  /** Makes the tables again what they were. Generated columns are not among them. */
  async restore(): Promise<void> {
    await tamper(this.#sql, async (sql) => {
      for (const table of this.#tables)
        await sql.unsafe(`delete from ${table}; insert into ${table} table kept.${copyOf(table)}`)
    })
  }

  async forget(): Promise<void> {
    await this.#sql`drop schema kept cascade`
  }
}

function copyOf(table: string): string {
  return table.replace('.', '_')
}
