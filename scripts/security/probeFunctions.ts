import type { Sql } from 'postgres'
import { ACTORS, type Actor, actAs, type People } from './actors.ts'
import type { SecuredRows } from './securedRows.ts'

/** `none`: no right to call it. `refused`: it answers 42501. `may`: it does its work, or says what is wrong with it. */
export type FunctionAnswer = 'none' | 'refused' | 'may'

/** By function, as `name(types)`, and person. */
export type FunctionAccess = Record<string, Record<Actor, FunctionAnswer>>

interface FunctionRow {
  name: string
  signature: string
  parameters: string[] | null
  types: string[] | null
  roles: string[]
}

/** Calls every function of the API as everybody. Triggers' own are called by nobody and left out. */
export async function probeFunctions(sql: Sql, people: People, rows: SecuredRows): Promise<FunctionAccess> {
  const functions = await sql<FunctionRow[]>`
    select p.proname as name, p.oid::regprocedure::text as signature, p.proargnames as parameters,
      array(
        select pg_catalog.format_type(t.type, null) from unnest(p.proargtypes) with ordinality as t (type, place) order by place
      ) as types,
      array(
        select r from unnest(array['anon', 'authenticated', 'service_role']) as r where has_function_privilege(r, p.oid, 'execute')
      ) as roles
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype order by 2`
  const access: FunctionAccess = {}
  for (const one of functions) {
    const answers = {} as Record<Actor, FunctionAnswer>
    for (const actor of Object.keys(ACTORS) as Actor[]) {
      answers[actor] = one.roles.includes(roleOf(actor))
        ? await answerTo(sql, people, rows, actor, one)
        : 'none'
    }
    access[one.signature.replace(/^public\./, '')] = answers
  }
  return access
}

async function answerTo(
  sql: Sql,
  people: People,
  rows: SecuredRows,
  actor: Actor,
  { name, parameters, types }: FunctionRow,
): Promise<FunctionAnswer> {
  const values = (types ?? []).map((type, place) => argument(type, parameters?.[place] ?? '', rows))
  const outcome = await actAs(sql, people, actor, (transaction) =>
    transaction.unsafe(`select public.${name}(${values.join(', ')})`),
  )
  return 'refused' in outcome && outcome.refused === '42501' ? 'refused' : 'may'
}

/** Rows that are there, so that what depends on whose they are is decided; of everything else something harmless. */
function argument(type: string, parameter: string, rows: SecuredRows): string {
  const known: Record<string, string> = {
    p_song: `'${rows.song}'`,
    p_song_id: `'${rows.song}'`,
    p_tag: `'${rows.freeTag}'`,
    p_from: type === 'uuid' ? `'${rows.freeTag}'` : type === 'uuid[]' ? `array['${rows.freeTag}'::uuid]` : '',
    p_into: `'${rows.tag}'`,
    p_one: `'${rows.tag}'`,
    p_other: `'${rows.freeTag}'`,
    p_entry: rows.entry,
    p_fields: `'{"title": "Added"}'`,
    p_version: '1',
    p_name: `'Called by somebody'`,
    p_sort: `'name'`,
    p_call: `'runs'`,
    p_zone: `'UTC'`,
  }
  return `${known[parameter] || (byType[type] ?? 'null')}::${type}`
}

const byType: Record<string, string> = {
  uuid: `'00000000-0000-4000-8000-000000000000'`,
  'uuid[]': `'{}'`,
  'text[]': `'{}'`,
  text: `'x'`,
  integer: '1',
  bigint: '1',
  boolean: 'true',
  jsonb: `'{}'`,
  'timestamp with time zone': 'now()',
  interval: `'1 day'`,
  tag_category: `'theme'`,
  app_role: `'editor'`,
  'app_role[]': `'{}'`,
  song_tags: 'null',
}

function roleOf(actor: Actor): string {
  if (actor === 'anon') return 'anon'
  return actor === 'service' ? 'service_role' : 'authenticated'
}
