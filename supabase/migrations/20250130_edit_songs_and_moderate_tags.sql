-- What people do to songs and tags, each in one call: save, tag and untag with the version that they saw; rename, merge, ban.

-- Holds a song for the caller's edit. PT409 and PT404 are what PostgREST answers as 409 and 404.
create function public.hold_song(p_song uuid, p_version integer default null) returns void
language plpgsql set search_path = ''
as $$
declare
  v_version integer;
begin
  select s.version into v_version from public.songs as s where s.id = p_song for no key update;
  if v_version is null then
    if exists (select from public.songs as s where s.id = p_song) then
      raise exception using errcode = '42501', message = 'Only its owner and editors change this song.';
    end if;
    raise exception using errcode = 'PT404', message = 'There is no such song.';
  end if;
  if v_version <> p_version then
    raise exception using errcode = 'PT409', message = 'The song has changed since it was read.',
      detail = jsonb_build_object('version', v_version)::text, hint = 'Read it again and decide what is to stay.';
  end if;
end
$$;
comment on function public.hold_song is 'Locks a song until the transaction ends, if its version is still the given one.';

-- A field of song_tags for whoever selects it through the API: `song_tags(place, tags(name))`.
create function public.place(p_link public.song_tags) returns smallint
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select min(y.position)
    from tag_migration.song_state as st
    cross join lateral unnest(st.yields, st.yield_positions) as y (tag_id, position)
    join public.tags as t on t.id = y.tag_id
    where st.song_id = p_link.song_id and coalesce(t.merged_into, t.id) = p_link.tag_id
  );
end
$$;
comment on function public.place is 'Where a song''s tag is shown: the first position in themes that yields it; NULL, after all others, when no theme does.';

-- What an edit answers: the version to send with the next one, and the tags in the order in which they are shown.
create function public.edited_song(p_song uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('version', s.version, 'tags', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', t.id, 'name', t.name, 'normalized_name', t.normalized_name, 'category', t.category
    ) order by public.place(l), t.name collate "C"), '[]')
    from public.song_tags as l join public.tags as t on t.id = l.tag_id where l.song_id = s.id
  ))
  from public.songs as s where s.id = p_song
$$;

-- Definer for the sake of what it calls. It reads nothing but its argument.
create function public.tidy_tag_names(p_names text[]) returns text[]
language plpgsql immutable security definer set search_path = ''
as $$
declare
  v_names text[];
begin
  -- Before anything is done with them: whoever sends a book, or a library, is not to keep the server busy.
  if cardinality(p_names) > 100 then
    raise exception using errcode = '23514', message = 'At most 100 names can be given at once.';
  end if;
  if not exists (select from unnest(p_names) as n (name) where n.name is null or char_length(n.name) > 1000) then
    v_names := array(
      select tag_migration.tidy_name(n.name) from unnest(p_names) with ordinality as n (name, place) order by n.place
    );
    if not exists (
      select from unnest(v_names) as n (name) where char_length(n.name) not between 1 and 50 or public.is_blank_tag_name(n.name)
    ) then
      return v_names;
    end if;
  end if;
  raise exception using errcode = '23514', message = 'A tag has a name of 1 to 50 letters.';
end
$$;
comment on function public.tidy_tag_names is
  'Names as tags are called: without what nobody sees. 23514 when one of them is no name, and for more than 100.';

create function public.tag_song(p_song uuid, p_tags uuid[], p_names text[] default '{}', p_version integer default null)
returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_names text[];
  v_named uuid[];
begin
  if cardinality(p_tags) > 1000 then
    raise exception using errcode = '23514', message = 'At most 1000 tags can be set at once.';
  end if;
  v_names := public.tidy_tag_names(p_names);
  perform public.hold_song(p_song, p_version);
  for v_try in 1..2 loop
    begin
      insert into public.tags (name)
      select distinct on (public.normalize_tag_name(n.name)) n.name from unnest(v_names) with ordinality as n (name, place)
      where not exists (select from public.tag_names as k where k.normalized_name = public.normalize_tag_name(n.name))
      order by public.normalize_tag_name(n.name), n.place
      on conflict (normalized_name) do nothing;
      exit;
    exception when unique_violation then
      -- One has become a synonym since, and is found the second time; or is one of a banned tag, which is told below.
      null;
    end;
  end loop;
  v_named := array(
    select k.tag_id from unnest(v_names) with ordinality as n (name, place)
    join public.tag_names as k on k.normalized_name = public.normalize_tag_name(n.name) order by n.place
  );
  if cardinality(v_named) < cardinality(v_names) then
    -- It is there, or it would have been made; the caller does not see it.
    raise exception using errcode = '42501', message = 'This tag is banned.';
  end if;
  insert into public.song_tags (song_id, tag_id)
  select p_song, u.tag_id from unnest(p_tags || v_named) with ordinality as u (tag_id, place)
  group by u.tag_id order by min(u.place);
  return public.edited_song(p_song);
end
$$;
comment on function public.tag_song is
  'Adds tags, by id (1000 at most) and by name (100), to a song. {version, tags}. PT409 with the current version in its detail when it has changed.';

create function public.untag_song(p_song uuid, p_tags uuid[], p_version integer default null) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  if cardinality(p_tags) > 1000 then
    raise exception using errcode = '23514', message = 'At most 1000 tags can be taken off at once.';
  end if;
  perform public.hold_song(p_song, p_version);
  delete from public.song_tags as l
  where l.song_id = p_song
    and l.tag_id in (select coalesce(t.merged_into, t.id) from public.tags as t where t.id = any (p_tags));
  return public.edited_song(p_song);
end
$$;
comment on function public.untag_song is
  'Removes tags, 1000 at most, from a song. {version, tags}. PT409 with the current version in its detail when it has changed.';

create function public.save_song(p_song uuid, p_version integer, p_changes jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_unknown text;
  v_themes text[];
begin
  select string_agg(k.name, ', ' order by k.name) into v_unknown from jsonb_object_keys(p_changes) as k (name)
  where not k.name = any (array['title', 'artist', 'lyrics', 'themes']);
  if v_unknown is not null or p_version is null then
    raise exception using errcode = '22023',
      message = coalesce(format('A song has no %s to change.', v_unknown), 'A song is saved with the version that was read.');
  end if;
  perform public.hold_song(p_song, p_version);
  if p_changes ? 'themes' then
    if jsonb_typeof(p_changes -> 'themes') <> 'null' then
      v_themes := array(
        select e.value from jsonb_array_elements_text(p_changes -> 'themes') with ordinality as e (value, place) order by e.place
      );
    end if;
    update public.songs as s
    set title = case when p_changes ? 'title' then p_changes ->> 'title' else s.title end,
      artist = case when p_changes ? 'artist' then p_changes ->> 'artist' else s.artist end,
      lyrics = case when p_changes ? 'lyrics' then p_changes ->> 'lyrics' else s.lyrics end,
      themes = v_themes
    where s.id = p_song;
  else
    -- A statement of its own, which goes on working when the column is gone.
    update public.songs as s
    set title = case when p_changes ? 'title' then p_changes ->> 'title' else s.title end,
      artist = case when p_changes ? 'artist' then p_changes ->> 'artist' else s.artist end,
      lyrics = case when p_changes ? 'lyrics' then p_changes ->> 'lyrics' else s.lyrics end
    where s.id = p_song;
  end if;
  return public.edited_song(p_song);
end
$$;
comment on function public.save_song is
  'Writes the named fields of a song: title, artist, lyrics, themes. {version, tags}. PT409 with the current version in its detail when it has changed.';

-- People; the secret key makes as many as an import needs.
create function public.limit_new_tags() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if current_setting('role') = 'authenticated' and (select count(*) from added) > 10 then
    raise exception using errcode = '23514', message = 'At most 10 new tags can be made at once.',
      hint = 'Save them in several steps.';
  end if;
  return null;
end
$$;
create trigger limit_new_tags after insert on public.tags
  referencing new table as added for each statement execute function public.limit_new_tags();

-- A theme of megabytes would stand in the way of the migration, which reads those of thousands of songs at once. What an import
-- brought may stay.
create function tag_migration.limit_theme_length() returns trigger
language plpgsql set search_path = ''
as $$
declare
  v_before text[] := case when tg_op = 'UPDATE' then old.themes end;
begin
  if exists (
    select from unnest(new.themes) as e (raw)
    where char_length(e.raw) > 1000 and not coalesce(e.raw = any (v_before), false)
  ) then
    raise exception using errcode = '23514', message = 'A theme has at most 1000 letters.';
  end if;
  return new;
end
$$;
create trigger limit_theme_length before insert or update of themes on public.songs
  for each row when (current_setting('role') = 'authenticated' and octet_length(array_to_string(new.themes, '')) > 1000)
  execute function tag_migration.limit_theme_length();

create function tag_migration.check_moderator() returns void
language plpgsql set search_path = ''
as $$
begin
  if current_setting('role') = 'authenticated'
    and not public.has_role(array['moderator', 'admin']::public.app_role[]) then
    raise exception using errcode = '42501', message = 'Only moderators and admins change tags.';
  end if;
end
$$;

-- Batches root what they link, rollbacks what they remove; both share the run's row, and wait for this transaction.
-- The songs' lock is one that writers share: it makes a run that starts now wait, too.
create function tag_migration.hold_runs() returns void
language plpgsql set search_path = ''
as $$
begin
  lock table public.songs in row exclusive mode;
  perform from tag_migration.run as r where r.status <> 'rolled_back' order by r.id for update;
end
$$;

create function tag_migration.tag_to_change(p_tag uuid) returns public.tags
language plpgsql set search_path = ''
as $$
declare
  v_tag public.tags;
begin
  perform tag_migration.check_moderator();
  select * into v_tag from public.tags as t where t.id = p_tag for no key update;
  if v_tag.id is null then
    raise exception using errcode = 'PT404', message = 'There is no such tag.';
  end if;
  return v_tag;
end
$$;

create function tag_migration.give_name(p_tag public.tags, p_name text) returns text
language plpgsql set search_path = ''
as $$
declare
  v_name text := (public.tidy_tag_names(array[p_name]))[1];
  v_normalized text := public.normalize_tag_name(v_name);
begin
  if p_tag.merged_into is not null then
    raise exception using errcode = '23514', message = 'This tag is merged into another one, which has the name that is shown.';
  end if;
  if exists (select from public.tag_names as n where n.normalized_name = v_normalized and n.tag_id <> p_tag.id) then
    raise exception using errcode = '23505', message = format('Another tag is called %s already.', v_name);
  end if;
  -- One of its own synonyms may become its name.
  delete from public.tag_synonyms as y where y.tag_id = p_tag.id and y.normalized_name = v_normalized;
  update public.tags as t set name = v_name where t.id = p_tag.id;
  if p_tag.normalized_name <> v_normalized then
    insert into public.tag_synonyms (tag_id, name) values (p_tag.id, p_tag.name);
  end if;
  return v_name;
end
$$;

create function public.rename_tag(p_tag uuid, p_name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_tag public.tags := tag_migration.tag_to_change(p_tag);
  -- Whoever undoes this keeps what was a synonym before.
  v_was_synonym boolean := exists (
    select from public.tag_synonyms as y
    where y.tag_id = p_tag and y.normalized_name = public.normalize_tag_name(tag_migration.tidy_name(p_name))
  );
  v_name text := tag_migration.give_name(v_tag, p_name);
begin
  insert into public.tag_moderation_log (action, tag_id, tag_name, details)
  values ('rename', p_tag, v_name, jsonb_build_object('was', v_tag.name)
    || case when v_was_synonym then '{"wasSynonym": true}' else '{}' end::jsonb);
  return jsonb_build_object('id', p_tag, 'name', v_name);
end
$$;
comment on function public.rename_tag is 'Gives a tag another name; the old one becomes a synonym. Links and themes stay.';

create function public.ban_tag(p_tag uuid, p_is_banned boolean default true) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_tag public.tags := tag_migration.tag_to_change(p_tag);
begin
  if (v_tag.banned_at is not null) is distinct from p_is_banned then
    update public.tags as t set banned_at = case when p_is_banned then now() end where t.id = p_tag;
    insert into public.tag_moderation_log (action, tag_id, tag_name)
    values (case when p_is_banned then 'ban' else 'unban' end, p_tag, v_tag.name);
  end if;
  return jsonb_build_object('id', p_tag, 'isBanned', p_is_banned);
end
$$;
comment on function public.ban_tag is 'Hides a tag and its links from all but moderators and admins, or shows them again. No link changes.';

-- Who was merged into whom. tags.merged_into names the root at the end of the chain.
create table tag_migration.tag_merge (
  tag_id uuid not null references public.tags (id) on delete cascade,
  into_id uuid not null references public.tags (id),
  at timestamptz not null default now(),
  constraint tag_merge_pkey primary key (tag_id),
  constraint tag_merge_elsewhere check (tag_id <> into_id)
);
alter table tag_migration.tag_merge enable row level security;
create index tag_merge_into_id_idx on tag_migration.tag_merge (into_id);

create function tag_migration.forget_own_links() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from tag_migration.own_link as o using changed as c, public.tags as t
  where o.song_id = c.song_id and t.id = o.tag_id and coalesce(t.merged_into, t.id) = c.tag_id;
  return null;
end
$$;
create trigger forget_own_links after delete on public.song_tags
  referencing old table as changed for each statement
  when (coalesce(current_setting('tag_migration.engine', true), '') not in ('on', 'following'))
  execute function tag_migration.forget_own_links();

-- The tags that were merged into this one, directly or along the chain, and itself.
create function tag_migration.merged_with(p_tag uuid) returns uuid[]
language sql stable set search_path = ''
as $$
  with recursive branch as (
    select p_tag as tag_id
    union
    select m.tag_id from tag_migration.tag_merge as m join branch as b on m.into_id = b.tag_id
  )
  select array(select b.tag_id from branch as b)
$$;

-- Locks in the order that everybody keeps: runs, tags as a whole, songs, tag rows. Writers of other tags go on.
create function tag_migration.hold_for_merge(p_from uuid, p_into uuid, p_linked uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tag_migration.hold_runs();
  perform tag_migration.hold_tags(tag_migration.merged_with(p_from) || p_into, true);
  -- Before any link is touched: whoever deletes such a song would wait for the link, and this for the song.
  perform from public.songs as s
    where s.id in (select l.song_id from public.song_tags as l where l.tag_id = p_linked)
    order by s.id for key share;
  perform from public.tags as t where t.id = any (tag_migration.merged_with(p_from) || p_into) order by t.id for no key update;
end
$$;

-- Of a tag that is held, as hold_for_merge does. Several that are held together are merged one after the other.
create function tag_migration.merge_held(p_from uuid, p_into uuid, p_root uuid) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  v_from public.tags := tag_migration.tag_to_change(p_from);
  v_moved bigint;
  v_both bigint;
begin
  if tag_migration.root(p_into) is distinct from p_root then
    raise exception using errcode = '40001', message = 'Somebody has merged that tag just now.';
  end if;
  if p_root is null then
    raise exception using errcode = 'PT404', message = 'There is no such tag.';
  end if;
  if p_root = any (tag_migration.merged_with(p_from)) then
    raise exception using errcode = '23514', message = 'A tag is not merged into itself.';
  end if;
  if v_from.merged_into is not null then
    raise exception using errcode = '23514', message = 'This tag is merged already; undo that first.';
  end if;
  perform set_config('tag_migration.engine', 'on', true);

  insert into tag_migration.own_link (song_id, tag_id, created_by, created_at)
  select l.song_id, l.tag_id, l.created_by, l.created_at
  from public.song_tags as f join public.song_tags as l on l.song_id = f.song_id and l.tag_id in (p_from, p_root)
  where f.tag_id = p_from
    and not exists (select from tag_migration.song_state as st where st.song_id = l.song_id)
    -- A link that an earlier merge made is explained by its record.
    and not exists (
      select from tag_migration.own_link as o join public.tags as t on t.id = o.tag_id
      where o.song_id = l.song_id and coalesce(t.merged_into, t.id) = l.tag_id
    );
  insert into tag_migration.tag_merge (tag_id, into_id) values (p_from, p_into);

  -- Moved where they are: what stays the same of a link, its song, is not looked up again. No other link to the root comes
  -- meanwhile, since its bucket is held.
  update public.song_tags as l set tag_id = p_root
  where l.tag_id = p_from
    and not exists (select from public.song_tags as r where r.song_id = l.song_id and r.tag_id = p_root);
  get diagnostics v_moved = row_count;
  delete from public.song_tags as l where l.tag_id = p_from;
  get diagnostics v_both = row_count;
  -- After its links: the search notes all songs of a tag that leads elsewhere now, for each tag that was merged into it.
  update public.tags as t set merged_into = p_root where t.id = any (tag_migration.merged_with(p_from));
  update public.tags as t set usage_count = t.usage_count + d.links
  from (values (p_from, - v_moved - v_both), (p_root, v_moved)) as d (tag_id, links)
  where t.id = d.tag_id and d.links <> 0;
  perform set_config('tag_migration.engine', '', true);
  insert into public.tag_moderation_log (action, tag_id, tag_name, details)
  values ('merge', p_from, v_from.name, jsonb_build_object('into', p_into, 'songs', v_moved + v_both));
  return jsonb_build_object('id', p_from, 'into', p_root, 'songs', v_moved + v_both);
end
$$;

create function public.merge_tags(p_from uuid, p_into uuid) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_root uuid;
begin
  perform tag_migration.check_moderator();
  v_root := tag_migration.root(p_into);
  perform tag_migration.hold_for_merge(p_from, v_root, p_from);
  return tag_migration.merge_held(p_from, p_into, v_root);
end
$$;
comment on function public.merge_tags is 'Makes one tag stand for another: songs of the first carry the second, its name leads there. unmerge_tag undoes it.';

create function public.unmerge_tag(p_tag uuid) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_tag public.tags;
  v_branch uuid[];
  v_left uuid[];
  v_both uuid[];
  v_songs integer;
begin
  perform tag_migration.check_moderator();
  perform tag_migration.hold_for_merge(p_tag, tag_migration.root(p_tag), tag_migration.root(p_tag));
  v_tag := tag_migration.tag_to_change(p_tag);
  if v_tag.merged_into is null then
    raise exception using errcode = '23514', message = 'This tag is not merged.';
  end if;
  v_branch := tag_migration.merged_with(p_tag);
  perform set_config('tag_migration.engine', 'on', true);

  -- Songs that have the root, and by what: their own yields and extra, or the record of what they were linked to. In order:
  -- links that lie together are moved together.
  select array_agg(m.song_id order by m.song_id) filter (where not m.stays),
    array_agg(m.song_id order by m.song_id) filter (where m.stays)
  into v_left, v_both
  from (
    select y.song_id, bool_or(not y.tag_id = any (v_branch) and coalesce(t.merged_into, t.id) = v_tag.merged_into) as stays
    from (
      select l.song_id, u.tag_id
      from public.song_tags as l
      join tag_migration.song_state as st on st.song_id = l.song_id
      cross join lateral unnest(st.yields || st.extra) as u (tag_id)
      where l.tag_id = v_tag.merged_into
      union all
      select l.song_id, o.tag_id
      from public.song_tags as l join tag_migration.own_link as o on o.song_id = l.song_id
      where l.tag_id = v_tag.merged_into
    ) as y
    join public.tags as t on t.id = y.tag_id
    group by y.song_id having bool_or(y.tag_id = any (v_branch))
  ) as m;
  v_songs := coalesce(cardinality(v_left), 0) + coalesce(cardinality(v_both), 0);

  -- A link that stood for this tag alone goes back as it came, the others get one beside theirs.
  update public.song_tags as l
  set tag_id = p_tag, created_by = coalesce(o.created_by, l.created_by), created_at = coalesce(o.created_at, l.created_at)
  from unnest(v_left) as u (song_id)
  left join tag_migration.own_link as o on o.song_id = u.song_id and o.tag_id = p_tag
  where l.song_id = u.song_id and l.tag_id = v_tag.merged_into;
  insert into public.song_tags (song_id, tag_id, created_by, created_at)
  select l.song_id, p_tag, coalesce(o.created_by, l.created_by), coalesce(o.created_at, l.created_at)
  from unnest(v_both) as u (song_id)
  join public.song_tags as l on l.song_id = u.song_id and l.tag_id = v_tag.merged_into
  left join tag_migration.own_link as o on o.song_id = l.song_id and o.tag_id = p_tag;
  delete from tag_migration.tag_merge as m where m.tag_id = p_tag;
  -- After the links that went: the search notes the songs that the other tag has then.
  update public.tags as t set merged_into = case when t.id <> p_tag then p_tag end where t.id = any (v_branch);
  update public.tags as t set usage_count = t.usage_count + d.links
  from (values (p_tag, v_songs), (v_tag.merged_into, - coalesce(cardinality(v_left), 0))) as d (tag_id, links)
  where t.id = d.tag_id and d.links <> 0;
  perform set_config('tag_migration.engine', '', true);
  insert into public.tag_moderation_log (action, tag_id, tag_name, details)
  values ('unmerge', p_tag, v_tag.name, jsonb_build_object('from', v_tag.merged_into, 'songs', v_songs));
  return jsonb_build_object('id', p_tag, 'songs', v_songs);
end
$$;
comment on function public.unmerge_tag is 'Undoes merge_tags: songs that had the tag have it again, and keep the other one only if they had that, too.';

-- Waits for batches before any tag is locked: they hold the run's row, and want the tags that they link.
create function tag_migration.hold_runs_before_deleting() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform from tag_migration.run as r
    where r.status in ('preparing', 'running', 'paused', 'failed', 'validating') order by r.id for update;
  return null;
end
$$;
create trigger hold_runs_before_deleting before delete on public.tags
  for each statement when (current_setting('tag_migration.engine', true) is distinct from 'on')
  execute function tag_migration.hold_runs_before_deleting();

create function tag_migration.refuse_deleting() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from public.song_tags as l where l.tag_id = old.id) then
    raise exception using errcode = '23503', message = format('%s is a tag of songs: remove it there first, or merge it.', old.name);
  end if;
  if old.merged_into is not null or exists (select from public.tags as t where t.merged_into = old.id) then
    raise exception using errcode = '23503', message = format('%s is merged with another tag: undo that first.', old.name);
  end if;
  if exists (
    select from tag_migration.run as r join tag_migration.run_theme as t on t.run_id = r.id
    where r.status in ('preparing', 'running', 'paused', 'failed', 'validating') and old.id = any (t.tag_ids)
  ) then
    raise exception using errcode = '23503',
      message = format('%s is in the plan of the migration that is under way: delete it when that has ended.', old.name);
  end if;
  return old;
end
$$;
create trigger refuse_deleting before delete on public.tags
  for each row when (current_setting('tag_migration.engine', true) is distinct from 'on')
  execute function tag_migration.refuse_deleting();

grant execute on function public.place(public.song_tags), public.edited_song(uuid) to anon, authenticated, service_role;
grant execute on function
  public.hold_song(uuid, integer), public.tag_song(uuid, uuid[], text[], integer), public.untag_song(uuid, uuid[], integer),
  public.save_song(uuid, integer, jsonb), public.tidy_tag_names(text[]),
  public.rename_tag(uuid, text), public.ban_tag(uuid, boolean), public.merge_tags(uuid, uuid), public.unmerge_tag(uuid)
to authenticated, service_role;
