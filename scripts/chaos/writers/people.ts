import type { Sql } from 'postgres'

/** Somebody who may do everything that an editor or a moderator may. @returns the id */
export async function createPerson(sql: Sql, email: string): Promise<string> {
  const [user] = await sql<{ id: string }[]>`
    insert into auth.users (id, email) values (gen_random_uuid(), ${email}) returning id`
  if (user === undefined) throw new Error(`${email} was not created.`)
  await sql`
    insert into public.user_roles (user_id, role)
    select ${user.id}, r.role from unnest(enum_range(null::public.app_role)) as r (role)`
  return user.id
}
