-- Merging, and taking it back: links, names, counts, the log.
begin;
select plan(27);

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-00000000000a', 'admin@example.org'), ('00000000-0000-4000-8000-00000000000b', 'moderator@example.org'),
  ('00000000-0000-4000-8000-00000000000c', 'editor@example.org'), ('00000000-0000-4000-8000-00000000000d', 'owner@example.org'),
  ('00000000-0000-4000-8000-00000000000e', 'other@example.org');
insert into public.user_roles (user_id, role) values
  ('00000000-0000-4000-8000-00000000000a', 'admin'), ('00000000-0000-4000-8000-00000000000b', 'moderator'),
  ('00000000-0000-4000-8000-00000000000c', 'editor');
insert into public.tags (id, name) values
  ('00000000-0000-4000-8000-000000000001', 'One by pgTAP'), ('00000000-0000-4000-8000-000000000002', 'Two by pgTAP'),
  ('00000000-0000-4000-8000-000000000003', 'Into by pgTAP');
insert into public.songs (id, title) values
  ('00000000-0000-4000-8000-0000000000a1', 'With one'), ('00000000-0000-4000-8000-0000000000a2', 'With both'),
  ('00000000-0000-4000-8000-0000000000a3', 'With two and into');
insert into public.song_tags (song_id, tag_id) values
  ('00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-0000000000a2', '00000000-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-0000000000a2', '00000000-0000-4000-8000-000000000002'),
  ('00000000-0000-4000-8000-0000000000a3', '00000000-0000-4000-8000-000000000002'),
  ('00000000-0000-4000-8000-0000000000a3', '00000000-0000-4000-8000-000000000003');
create temp table links_before as select song_id, tag_id, created_by, created_at from public.song_tags;
create temp table tags_before as
select id, name, merged_into, usage_count from public.tags where name like '%pgTAP';
grant select on links_before, tags_before to authenticated;

prepare merge as
select public.merge_many_tags(
  array['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']::uuid[], '00000000-0000-4000-8000-000000000003'
);
prepare links as
select s.title, t.name from public.song_tags as l join public.songs as s on s.id = l.song_id join public.tags as t on t.id = l.tag_id
where t.name like '%pgTAP' order by s.title, t.name;
prepare entries as select action, tag_name from public.tag_moderation_log where tag_name like '%pgTAP' order by id;

-- Whoever is no moderator merges nothing, and nothing tells of it.
set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000c", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000c';
select throws_ok('merge', '42501', null, 'an editor does not merge');
select throws_ok(
  $$ select public.preview_merge(array['00000000-0000-4000-8000-000000000001']::uuid[], '00000000-0000-4000-8000-000000000003') $$,
  '42501', null, 'nor look what it would do'
);
select throws_ok(
  $$ select public.merge_tags('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000003') $$,
  '42501', null, 'nor one by one'
);
reset role;
select is_empty('entries', 'and left no entry');
select bag_eq(
  'select song_id, tag_id, created_by, created_at from public.song_tags', 'select * from links_before', 'and no link changed'
);

set local role authenticated;
set local "request.jwt.claims" to '{"sub": "00000000-0000-4000-8000-00000000000b", "role": "authenticated"}';
set local "request.jwt.claim.sub" to '00000000-0000-4000-8000-00000000000b';
select is(
  (select p.x -> 'songs' from (
    select public.preview_merge(
      array['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']::uuid[], '00000000-0000-4000-8000-000000000003'
    )::jsonb as x
  ) as p), '3', 'the preview counts the songs'
);
select lives_ok('merge', 'a moderator merges two tags into a third');
select results_eq(
  'links',
  $$ values ('With both', 'Into by pgTAP'), ('With one', 'Into by pgTAP'), ('With two and into', 'Into by pgTAP') $$,
  'each song carries it once'
);
select results_eq(
  $$ select usage_count from public.tags where name like '%pgTAP' order by name $$, array[3::bigint, 0, 0], 'and is counted once'
);
select results_eq(
  $$ select tag_id::text from public.tag_names where normalized_name = public.normalize_tag_name('one BY pgtap') $$,
  array['00000000-0000-4000-8000-000000000001'], 'the old name is still nobody else''s'
);
select results_eq(
  $$ select merged_into::text from public.tags where name in ('One by pgTAP', 'Two by pgTAP') $$,
  array['00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000003'], 'and leads to the other tag'
);
select results_eq(
  'entries', $$ values ('merge', 'One by pgTAP'), ('merge', 'Two by pgTAP') $$, 'each merge is an entry of its own'
);
select throws_ok('merge', '23514', null, 'what is merged is not merged again');
select throws_ok(
  $$ select public.merge_tags('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001') $$,
  '23514', null, 'nor into itself along the way'
);
select throws_ok(
  $$ select public.rename_tag('00000000-0000-4000-8000-000000000001', 'Renamed by pgTAP') $$, '23514', null,
  'a merged tag is not renamed'
);
select throws_ok(
  $$ select public.edit_tag('00000000-0000-4000-8000-000000000001', '{"category": "mood"}') $$, '23514', null, 'nor edited'
);
select throws_ok(
  $$ select public.merge_tags('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-0000000000ff') $$, 'PT404', null,
  'a tag that is not there is no target'
);

-- And back, the first by its entry, the second by itself.
prepare undo as
select public.undo_moderation(
  (select min(id) from public.tag_moderation_log where tag_id = '00000000-0000-4000-8000-000000000001' and action = 'merge')
);
select lives_ok('undo', 'the first merge is undone from the log');
select results_eq(
  'links',
  $$
    values ('With both', 'Into by pgTAP'), ('With both', 'One by pgTAP'), ('With one', 'One by pgTAP'), ('With two and into', 'Into by pgTAP')
  $$,
  'its songs have their tag again, the other tag''s keep theirs'
);
select throws_ok('undo', 'PT409', null, 'what is undone is not undone again');
select lives_ok($$ select public.unmerge_tag('00000000-0000-4000-8000-000000000002') $$, 'the second is taken back');
select throws_ok(
  $$ select public.unmerge_tag('00000000-0000-4000-8000-000000000002') $$, '23514', null, 'once'
);
select bag_eq(
  'select song_id, tag_id, created_by, created_at from public.song_tags', 'select * from links_before', 'every link is as it was'
);
select bag_eq(
  $$ select id, name, merged_into, usage_count from public.tags where name like '%pgTAP' $$, 'select * from tags_before', 'and every tag'
);
select results_eq(
  'entries',
  $$
    values ('merge', 'One by pgTAP'), ('merge', 'Two by pgTAP'), ('unmerge', 'One by pgTAP'), ('unmerge', 'Two by pgTAP')
  $$,
  'the log tells all of it'
);
select results_eq(
  $$ select count(*) from public.tag_moderation_log where undoes is not null and tag_name = 'One by pgTAP' $$, array[1::bigint],
  'and which entry was taken back'
);
select throws_ok(
  $$ select public.undo_moderation(0) $$, 'PT404', null, 'an entry that is not there is not undone'
);

select * from finish();
rollback;
