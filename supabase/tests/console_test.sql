-- The console asks who calls before it does anything, and is_admin() where all songs are concerned.
begin;
select plan(45);

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-00000000000a', 'admin@example.org'), ('00000000-0000-4000-8000-00000000000b', 'moderator@example.org'),
  ('00000000-0000-4000-8000-00000000000c', 'editor@example.org'), ('00000000-0000-4000-8000-00000000000d', 'owner@example.org'),
  ('00000000-0000-4000-8000-00000000000e', 'other@example.org');
insert into public.user_roles (user_id, role) values
  ('00000000-0000-4000-8000-00000000000a', 'admin'), ('00000000-0000-4000-8000-00000000000b', 'moderator'),
  ('00000000-0000-4000-8000-00000000000c', 'editor');
insert into public.tags (id, name) values
  ('00000000-0000-4000-8000-000000000001', 'First by pgTAP'), ('00000000-0000-4000-8000-000000000002', 'Second by pgTAP');

create temp table call as
select * from (values
  ('list', $$ select public.list_tags() $$), ('count', $$ select public.count_tags() $$),
  ('details', $$ select public.tag_details('00000000-0000-4000-8000-000000000001') $$),
  ('usage', $$ select public.tag_usage('00000000-0000-4000-8000-000000000001') $$),
  ('log', $$ select public.moderation_log() $$), ('actors', $$ select public.moderation_actors() $$),
  ('kept apart', $$ select public.tags_kept_apart() $$),
  ('promote', $$ select public.promote_tag('00000000-0000-4000-8000-000000000001') $$),
  ('ban', $$ select public.ban_tag('00000000-0000-4000-8000-000000000001') $$),
  ('rename', $$ select public.rename_tag('00000000-0000-4000-8000-000000000001', 'Renamed by pgTAP') $$),
  ('edit', $$ select public.edit_tag('00000000-0000-4000-8000-000000000001', '{"colour": "#123456"}') $$),
  ('keep apart', $$ select public.keep_tags_apart('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002') $$)
) as c (name, statement);
grant select on call to anon, authenticated;

set local role anon;
select throws_ok(c.statement, '42501', null, format('nobody signed in: %s', c.name)) from call as c;

set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000c", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000c';
select throws_ok(c.statement, '42501', null, format('editor: %s', c.name)) from call as c;
select throws_ok($$ select public.administer_migration('runs') $$, '42501', null, 'editor: the migration');

reset role;
select is_empty($$ select from public.tag_moderation_log where tag_name like '%pgTAP' $$, 'nothing of it was logged');
select results_eq(
  $$ select name, is_standard, banned_at is null, colour from public.tags where name like '%pgTAP' order by name $$,
  $$ values ('First by pgTAP', false, true, null::text), ('Second by pgTAP', false, true, null) $$, 'nor done'
);

set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000b", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000b';
select lives_ok(c.statement, format('moderator: %s', c.name)) from call as c;
select throws_ok($$ select public.administer_migration('runs') $$, '42501', null, 'moderator: the migration');

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000a", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000a';
select lives_ok($$ select public.administer_migration('runs') $$, 'admin: the migration');
select throws_ok(
  $$ select public.administer_migration('start') $$, '42501', 'start is no call for people.', 'admin: what moves songs is the workers'''
);
select throws_ok(
  $$ select public.edit_tag('00000000-0000-4000-8000-000000000001', '{"name": "Mine"}', '2020-01-01T00:00:00Z') $$, 'PT409', null,
  'an edit of what has changed since is refused'
);
select throws_ok(
  $$ select public.edit_tag('00000000-0000-4000-8000-000000000001', '{"usage_count": 9}') $$, '22023', null,
  'what is not to be edited is refused'
);
select throws_ok(
  $$ select public.list_tags(p_sort => 'id; drop table public.tags') $$, '22023', null, 'and an order that is none'
);

select * from finish();
rollback;
