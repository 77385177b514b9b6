import type { TransactionSql } from 'postgres'
import type { SecuredRows } from './securedRows.ts'

type Statement = (sql: TransactionSql, rows: SecuredRows) => Promise<{ count: number }>

export const OPERATIONS = ['select', 'insert', 'update', 'delete', 'truncate'] as const
export type Operation = (typeof OPERATIONS)[number]

/** What each table's owner-to-be tries. A new table in public belongs here before it belongs to anybody. */
export const TABLE_PROBES: Readonly<Record<string, Record<Exclude<Operation, 'truncate'>, Statement>>> = {
  songs: {
    select: (sql, { song }) => sql`select title from public.songs where id = ${song}`,
    insert: (sql) => sql`insert into public.songs (title) values ('Added')`,
    update: (sql, { song }) => sql`update public.songs set title = 'Changed' where id = ${song}`,
    delete: (sql, { song }) => sql`delete from public.songs where id = ${song}`,
  },
  arrangements: {
    select: (sql, { song }) => sql`select name from public.arrangements where song_id = ${song}`,
    insert: (sql, { song }) => sql`insert into public.arrangements (song_id, name) values (${song}, 'Added')`,
    update: (sql, { song }) => sql`update public.arrangements set name = 'Changed' where song_id = ${song}`,
    delete: (sql, { song }) => sql`delete from public.arrangements where song_id = ${song}`,
  },
  tags: {
    select: (sql, { tag }) => sql`select name from public.tags where id = ${tag}`,
    insert: (sql) => sql`insert into public.tags (name) values ('Added by somebody')`,
    update: (sql, { tag }) => sql`update public.tags set name = 'Changed by somebody' where id = ${tag}`,
    delete: (sql, { freeTag }) => sql`delete from public.tags where id = ${freeTag}`,
  },
  'tags, banned': {
    select: (sql, { bannedTag }) => sql`select name from public.tags where id = ${bannedTag}`,
    insert: (sql) => sql`insert into public.tags (name, banned_at) values ('Added by somebody', now())`,
    update: (sql, { bannedTag }) => sql`update public.tags set banned_at = null where id = ${bannedTag}`,
    delete: (sql, { bannedTag }) => sql`delete from public.tags where id = ${bannedTag}`,
  },
  tag_synonyms: {
    select: (sql, { tag }) => sql`select name from public.tag_synonyms where tag_id = ${tag}`,
    insert: (sql, { tag }) =>
      sql`insert into public.tag_synonyms (tag_id, name) values (${tag}, 'Added by somebody')`,
    update: (sql, { tag }) =>
      sql`update public.tag_synonyms set name = 'Changed by somebody' where tag_id = ${tag}`,
    delete: (sql, { tag }) => sql`delete from public.tag_synonyms where tag_id = ${tag}`,
  },
  tag_names: {
    select: (sql, { tag }) => sql`select normalized_name from public.tag_names where tag_id = ${tag}`,
    insert: (sql, { tag }) =>
      sql`insert into public.tag_names (normalized_name, tag_id, is_synonym) values ('added', ${tag}, true)`,
    update: (sql, { tag, freeTag }) =>
      sql`update public.tag_names set tag_id = ${freeTag} where tag_id = ${tag}`,
    delete: (sql, { tag }) => sql`delete from public.tag_names where tag_id = ${tag}`,
  },
  song_tags: {
    select: (sql, { song }) => sql`select tag_id from public.song_tags where song_id = ${song}`,
    insert: (sql, { song, freeTag }) =>
      sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${freeTag})`,
    update: (sql, { song, freeTag }) =>
      sql`update public.song_tags set tag_id = ${freeTag} where song_id = ${song}`,
    delete: (sql, { song }) => sql`delete from public.song_tags where song_id = ${song}`,
  },
  tag_moderation_log: {
    select: (sql) => sql`select action from public.tag_moderation_log`,
    insert: (sql) => sql`insert into public.tag_moderation_log (action) values ('forged')`,
    update: (sql) => sql`update public.tag_moderation_log set action = 'forged'`,
    delete: (sql) => sql`delete from public.tag_moderation_log`,
  },
  user_roles: {
    select: (sql) => sql`select role from public.user_roles`,
    insert: (sql, { owner }) => sql`insert into public.user_roles (user_id, role) values (${owner}, 'admin')`,
    update: (sql) => sql`update public.user_roles set role = 'admin'`,
    delete: (sql) => sql`delete from public.user_roles`,
  },
}
