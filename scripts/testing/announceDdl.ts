import { withConnection } from '../stack/connect.ts'

/**
 * Sets whether DDL tells the API that its picture of the schema is old, as it does in every stack. Most tests' DDL
 * concerns nothing that the API serves, and reading the schema anew takes longer than such a test.
 *
 * @param superuserUrl a superuser's address of the database
 */
export function announceDdl(superuserUrl: string, announced: boolean): Promise<unknown> {
  const to = announced ? 'enable' : 'disable'
  return withConnection(superuserUrl, (sql) =>
    sql.unsafe(`alter event trigger pgrst_ddl_watch ${to}; alter event trigger pgrst_drop_watch ${to}`),
  )
}
