-- What the policies let people see and write, row by row.
begin;
select plan(25);

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-00000000000a', 'admin@example.org'), ('00000000-0000-4000-8000-00000000000b', 'moderator@example.org'),
  ('00000000-0000-4000-8000-00000000000c', 'editor@example.org'), ('00000000-0000-4000-8000-00000000000d', 'owner@example.org'),
  ('00000000-0000-4000-8000-00000000000e', 'other@example.org');
insert into public.user_roles (user_id, role) values
  ('00000000-0000-4000-8000-00000000000a', 'admin'), ('00000000-0000-4000-8000-00000000000b', 'moderator'),
  ('00000000-0000-4000-8000-00000000000c', 'editor');
insert into public.tags (id, name) values
  ('00000000-0000-4000-8000-000000000001', 'Shown by pgTAP'), ('00000000-0000-4000-8000-000000000002', 'Hidden by pgTAP');
insert into public.tag_synonyms (tag_id, name) values ('00000000-0000-4000-8000-000000000002', 'Also hidden by pgTAP');
insert into public.songs (id, title, created_by)
values ('00000000-0000-4000-8000-000000000003', 'Song of the owner', '00000000-0000-4000-8000-00000000000d');
insert into public.song_tags (song_id, tag_id) values
  ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000002');
select public.ban_tag('00000000-0000-4000-8000-000000000002');

prepare shown as select name from public.tags where name like '%pgTAP' order by name;
prepare linked as select count(*) from public.song_tags where song_id = '00000000-0000-4000-8000-000000000003';
prepare logged as select count(*) from public.tag_moderation_log where tag_id = '00000000-0000-4000-8000-000000000002';
prepare retitle as update public.songs set title = 'Retitled' where id = '00000000-0000-4000-8000-000000000003' returning true;
prepare remove as delete from public.songs where id = '00000000-0000-4000-8000-000000000003' returning true;

set local role anon;
select results_eq('shown', array['Shown by pgTAP'], 'nobody signed in: a banned tag is not there');
select is_empty(
  $$ select from public.tag_names where tag_id = '00000000-0000-4000-8000-000000000002' $$, 'nor its names'
);
select results_eq('linked', array[1::bigint], 'nor the links to it');
select throws_ok('logged', '42501', null, 'the log is closed');
select throws_ok('retitle', '42501', null, 'songs are not written');
select throws_ok('remove', '42501', null, 'nor deleted');

set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000e", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000e';
select results_eq('shown', array['Shown by pgTAP'], 'another: a banned tag is not there');
select results_eq('logged', array[0::bigint], 'the log shows nothing');
select is_empty('retitle', 'a song of somebody else is not written');
select is_empty('remove', 'nor deleted');
select throws_ok(
  $$ insert into public.song_tags (song_id, tag_id)
    select '00000000-0000-4000-8000-000000000003', t.id from public.tags as t where t.name = 'Grace' $$,
  '42501', null, 'nor tagged'
);
select throws_ok(
  $$ insert into public.tags (name, is_standard) values ('Mine', true) $$, '42501', null, 'nobody makes a standard tag'
);
select throws_ok(
  $$ insert into public.user_roles (user_id, role) values ('00000000-0000-4000-8000-00000000000e', 'admin') $$,
  '42501', null, 'nobody makes herself an admin'
);
select throws_ok(
  $$ update public.tags set usage_count = 1000 $$, '42501', null, 'tags are written through functions alone'
);

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000d", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000d';
select results_eq('retitle', array[true], 'the owner writes the song');
select throws_ok(
  $$ update public.songs set created_by = null $$, '42501', null, 'and cannot give it away'
);

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000c", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000c';
select results_eq('retitle', array[true], 'an editor writes every song');
select is_empty('remove', 'and deletes none');
select results_eq('logged', array[0::bigint], 'the log shows an editor nothing');

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000b", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000b';
select results_eq('shown', array['Hidden by pgTAP', 'Shown by pgTAP'], 'a moderator sees banned tags');
select results_eq('linked', array[2::bigint], 'and the links to them');
select results_eq('logged', array[1::bigint], 'and the log');
select results_eq(
  $$ select role::text from public.user_roles $$, array['moderator'], 'and of roles her own'
);

set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000a", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000a';
select results_eq('logged', array[1::bigint], 'an admin sees the log');
select results_eq('remove', array[true], 'and deletes a song');

select * from finish();
rollback;
