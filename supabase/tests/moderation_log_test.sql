-- The moderation log is only ever added to, by nobody but the functions that do what it tells of.
begin;
select plan(26);

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-00000000000a', 'admin@example.org'), ('00000000-0000-4000-8000-00000000000b', 'moderator@example.org'),
  ('00000000-0000-4000-8000-00000000000c', 'editor@example.org'), ('00000000-0000-4000-8000-00000000000d', 'owner@example.org'),
  ('00000000-0000-4000-8000-00000000000e', 'other@example.org');
insert into public.user_roles (user_id, role) values
  ('00000000-0000-4000-8000-00000000000a', 'admin'), ('00000000-0000-4000-8000-00000000000b', 'moderator'),
  ('00000000-0000-4000-8000-00000000000c', 'editor');
insert into public.tags (id, name) values ('00000000-0000-4000-8000-000000000001', 'Logged by pgTAP');

prepare add_entry as insert into public.tag_moderation_log (action, tag_name) values ('ban', 'Invented');
prepare change_entry as update public.tag_moderation_log set tag_name = 'Changed';
prepare delete_entry as delete from public.tag_moderation_log;

-- An entry is made with what it tells of, by whoever did it.
set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000b", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000b';
select lives_ok($$ select public.ban_tag('00000000-0000-4000-8000-000000000001') $$, 'a moderator bans a tag');
select results_eq(
  $$ select action, actor::text from public.tag_moderation_log where tag_id = '00000000-0000-4000-8000-000000000001' $$,
  $$ values ('ban', '00000000-0000-4000-8000-00000000000b') $$,
  'the entry says what, and who'
);
select lives_ok($$ select public.ban_tag('00000000-0000-4000-8000-000000000001') $$, 'what is so already may be asked for');
select results_eq(
  $$ select count(*) from public.tag_moderation_log where tag_id = '00000000-0000-4000-8000-000000000001' $$,
  array[1::bigint], 'and is no entry'
);
select throws_ok('add_entry', '42501', null, 'a moderator invents no entry');
select throws_ok('change_entry', '42501', null, 'changes none');
select throws_ok('delete_entry', '42501', null, 'deletes none');
select throws_ok('truncate public.tag_moderation_log', '42501', null, 'and does not empty the log');

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000a", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000a';
select throws_ok('add_entry', '42501', null, 'an admin invents no entry');
select throws_ok('change_entry', '42501', null, 'changes none');
select throws_ok('delete_entry', '42501', null, 'deletes none');
select throws_ok('truncate public.tag_moderation_log', '42501', null, 'and does not empty the log');

set local role service_role;
set local "request.jwt.claims" to '{"role": "service_role"}';
set local "request.jwt.claim.sub" to '';
select throws_ok('add_entry', '42501', null, 'the service role invents no entry');
select throws_ok('change_entry', '42501', null, 'changes none');
select throws_ok('delete_entry', '42501', null, 'deletes none');
select throws_ok('truncate public.tag_moderation_log', '42501', null, 'does not empty the log');
select throws_ok(
  'alter table public.tag_moderation_log disable trigger all', '42501', null, 'does not take the triggers away'
);
select throws_ok(
  'drop trigger refuse_log_change on public.tag_moderation_log', '42501', null, 'does not drop them'
);
select throws_ok('drop table public.tag_moderation_log', '42501', null, 'does not drop the table');
select throws_ok(
  'set local session_replication_role = replica', '42501', null, 'and does not go round them'
);

-- The owner has every right, and the trigger refuses all the same.
reset role;
select throws_ok('change_entry', '42501', 'The moderation log is append-only.', 'the owner changes no entry');
select throws_ok('delete_entry', '42501', 'The moderation log is append-only.', 'deletes none');
select throws_ok(
  'truncate public.tag_moderation_log', '42501', 'The moderation log is append-only.', 'does not empty the log'
);
select trigger_is('public', 'tag_moderation_log', 'refuse_log_change', 'public', 'refuse_log_change');
select lives_ok(
  $$ delete from public.tags where id = '00000000-0000-4000-8000-000000000001' $$, 'a tag is deleted'
);
select results_eq(
  $$ select tag_name from public.tag_moderation_log where tag_id = '00000000-0000-4000-8000-000000000001' $$,
  array['Logged by pgTAP'], 'and its entry outlives it'
);

select * from finish();
rollback;
