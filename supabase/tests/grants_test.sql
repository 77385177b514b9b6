-- What stands in the catalogue: rights, policies, row-level security, where functions look names up.
begin;
select plan(77);

select is_empty(
  $$ select c.oid::regclass from pg_class as c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity $$,
  'every table of the API has row-level security'
);
select is_empty(
  $$ select c.oid::regclass from pg_class as c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm', 'f') $$,
  'nothing else of the API reads past it'
);
select is_empty(
  $$
    select p.oid::regprocedure from pg_proc as p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where p.pronamespace in (
        'public'::regnamespace, 'tag_migration'::regnamespace, 'tag_catalog'::regnamespace, 'tag_monitoring'::regnamespace,
        'song_search'::regnamespace
      )
      and a.grantee = 0
  $$,
  'no function is everybody''s until it is granted by name'
);
select is_empty(
  $$
    select p.oid::regprocedure from pg_proc as p
    where p.pronamespace in (
        'public'::regnamespace, 'tag_migration'::regnamespace, 'tag_catalog'::regnamespace, 'tag_monitoring'::regnamespace,
        'song_search'::regnamespace
      )
      and p.prosecdef and not coalesce('search_path=""' = any (p.proconfig), false)
  $$,
  'a function with its owner''s rights looks nowhere but where it is told to'
);
select schema_privs_are(s.name, r.name, '{}', format('%s is closed to %s', s.name, r.name))
from unnest(array['tag_migration', 'tag_catalog', 'tag_monitoring']) as s (name), unnest(array['anon', 'authenticated']) as r (name);
select is_empty(
  format(
    $$ select p.oid::regprocedure from pg_proc as p where p.pronamespace = 'public'::regnamespace
      and p.proname like 'tag\_migration\_%%' and has_function_privilege(%L, p.oid, 'execute') $$, r.name
  ),
  format('the engine''s functions are not for %s', r.name)
)
from unnest(array['anon', 'authenticated']) as r (name);

-- The console's functions: nobody's without a session; that the caller is a moderator they ask themselves.
select function_privs_are('public', f.name, f.arguments, r.name, r.privileges, format('%s: %s', f.name, r.name))
from (values
  ('moderation_log', array['text', 'uuid', 'uuid', 'timestamptz', 'timestamptz', 'bigint', 'integer']),
  ('moderation_actors', '{}'), ('undo_moderation', '{bigint}'), ('edit_tag', array['uuid', 'jsonb', 'timestamptz']),
  ('promote_tag', array['uuid', 'boolean']), ('ban_tag', array['uuid', 'boolean']), ('rename_tag', array['uuid', 'text']),
  ('merge_tags', array['uuid', 'uuid']), ('merge_many_tags', array['uuid[]', 'uuid']), ('unmerge_tag', '{uuid}'),
  ('preview_merge', array['uuid[]', 'uuid']), ('keep_tags_apart', array['uuid', 'uuid']), ('tags_kept_apart', '{}'),
  ('list_tags', array['text', 'tag_category', 'text', 'text', 'boolean', 'jsonb', 'boolean', 'integer']),
  ('count_tags', array['text', 'tag_category']), ('tag_details', '{uuid}'), ('tag_usage', array['uuid', 'text'])
) as f (name, arguments),
(values ('anon', '{}'::text[]), ('authenticated', '{EXECUTE}'), ('service_role', '{EXECUTE}')) as r (name, privileges);
-- The one door of the migration: for people, and the secret key has the engine itself.
select function_privs_are('public', 'administer_migration', array['text', 'jsonb'], r.name, r.privileges)
from (values ('anon', '{}'::text[]), ('authenticated', '{EXECUTE}'), ('service_role', '{}')) as r (name, privileges);

select table_privs_are('public', 'tag_moderation_log', r.name, r.privileges)
from (values ('anon', '{}'::text[]), ('authenticated', '{SELECT}'), ('service_role', '{SELECT}')) as r (name, privileges);

select policies_are('public', p.name, p.policies)
from (values
  ('songs', array[
    'Everyone reads songs', 'Signed-in people add songs of their own', 'Owners and editors change songs',
    'Owners and moderators delete songs'
  ]),
  ('arrangements', array[
    'Everyone reads arrangements', 'Whoever may edit the song adds arrangements', 'Whoever may edit the song changes arrangements',
    'Whoever may edit the song deletes arrangements'
  ]),
  ('song_tags', array[
    'Everyone reads a song''s links to tags that they see', 'Whoever may edit the song tags it', 'Whoever may edit the song untags it'
  ]),
  ('tags', array['Everyone reads tags that are not banned, moderators all', 'Signed-in people add custom tags']),
  ('tag_synonyms', array['Everyone reads the synonyms of tags that they see']),
  ('tag_names', array['Everyone reads the names of tags that they see']),
  ('tag_moderation_log', array['Moderators read the log']),
  ('user_roles', array['People see their own roles'])
) as p (name, policies);

select * from finish();
rollback;
