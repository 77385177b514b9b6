-- The tag system: tags with one unique normalized name each, synonyms, links to songs, and a log of what moderators did.

create type public.tag_category as enum ('theme', 'occasion', 'liturgical', 'mood');

create table public.tags (
  id uuid not null default gen_random_uuid(),
  name text not null,
  normalized_name text not null generated always as (public.normalize_tag_name(name)) stored,
  category public.tag_category not null default 'theme',
  colour text,
  usage_count bigint not null default 0,
  is_standard boolean not null default false,
  needs_review boolean not null default false,
  merged_into uuid references public.tags (id) on delete restrict,
  created_by uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tags_pkey primary key (id),
  constraint tags_normalized_name_key unique (normalized_name),
  constraint tags_name_length check (char_length(name) between 1 and 50),
  constraint tags_name_tidy check (name !~ '^\s|\s$|[\u0001-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]'),
  constraint tags_name_not_blank check (normalized_name <> ''),
  constraint tags_colour_hex check (colour ~ '^#[0-9a-f]{6}$'),
  constraint tags_usage_count_natural check (usage_count >= 0),
  constraint tags_merged_elsewhere check (merged_into <> id)
);
alter table public.tags enable row level security;
create index tags_usage_idx on public.tags (usage_count desc, id);
create index tags_merged_into_idx on public.tags (merged_into) where merged_into is not null;
create index tags_created_by_idx on public.tags (created_by);
comment on column public.tags.usage_count is 'Links to songs. Kept by a trigger; while a migration runs, folded between its batches.';
comment on column public.tags.needs_review is 'Made by the migration from a theme that nobody had seen or decided on.';

create table public.tag_synonyms (
  id uuid not null default gen_random_uuid(),
  tag_id uuid not null references public.tags (id) on delete cascade,
  name text not null,
  normalized_name text not null generated always as (public.normalize_tag_name(name)) stored,
  created_at timestamptz not null default now(),
  constraint tag_synonyms_pkey primary key (id),
  constraint tag_synonyms_normalized_name_key unique (normalized_name),
  constraint tag_synonyms_name_length check (char_length(name) between 1 and 50),
  constraint tag_synonyms_name_not_blank check (normalized_name <> '')
);
alter table public.tag_synonyms enable row level security;
create index tag_synonyms_tag_id_idx on public.tag_synonyms (tag_id);

-- Names and synonyms in one unique table: a synonym can never be another tag's name, whoever writes first.
create table public.tag_names (
  normalized_name text not null,
  tag_id uuid not null references public.tags (id) on delete cascade,
  is_synonym boolean not null,
  constraint tag_names_pkey primary key (normalized_name)
);
alter table public.tag_names enable row level security;
create index tag_names_tag_id_idx on public.tag_names (tag_id);

create table public.song_tags (
  song_id uuid not null references public.songs (id) on delete cascade,
  tag_id uuid not null references public.tags (id) on delete restrict,
  created_by uuid default auth.uid(),
  created_at timestamptz not null default now(),
  constraint song_tags_pkey primary key (song_id, tag_id)
);
alter table public.song_tags enable row level security;
create index song_tags_tag_id_idx on public.song_tags (tag_id, song_id);

create table public.tag_moderation_log (
  id bigint generated always as identity,
  action text not null,
  tag_id uuid,
  tag_name text,
  details jsonb not null default '{}',
  actor uuid default auth.uid(),
  at timestamptz not null default now(),
  constraint tag_moderation_log_pkey primary key (id)
);
alter table public.tag_moderation_log enable row level security;
comment on table public.tag_moderation_log is 'Append-only. No foreign keys: an entry outlives what it speaks of.';

create policy "Everyone reads tags" on public.tags for select to anon, authenticated using (true);
create policy "Signed-in people add custom tags" on public.tags
  for insert to authenticated
  with check (created_by = (select auth.uid()) and not is_standard and not needs_review and merged_into is null);
create policy "Everyone reads synonyms" on public.tag_synonyms for select to anon, authenticated using (true);
create policy "Everyone reads tag names" on public.tag_names for select to anon, authenticated using (true);
create policy "Everyone reads a song's tags" on public.song_tags for select to anon, authenticated using (true);
create policy "Whoever may edit the song tags it" on public.song_tags
  for insert to authenticated with check (created_by = (select auth.uid()) and public.can_edit_song(song_id));
create policy "Whoever may edit the song untags it" on public.song_tags
  for delete to authenticated using (public.can_edit_song(song_id));
create policy "Moderators read the log" on public.tag_moderation_log
  for select to authenticated using ((select public.has_role(array['moderator', 'admin']::public.app_role[])));

grant select on public.tags, public.tag_synonyms, public.tag_names, public.song_tags to anon, authenticated, service_role;
grant insert (name, category, colour) on public.tags to authenticated;
grant insert (song_id, tag_id) on public.song_tags to authenticated;
grant delete on public.song_tags to authenticated;
grant insert, update, delete on public.tags, public.tag_synonyms, public.song_tags to service_role;
grant select on public.tag_moderation_log to authenticated, service_role;

create function public.touch_tag() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.id is distinct from old.id then
      raise exception using errcode = '23514', message = 'A tag keeps its id: links and journals refer to it.';
    end if;
    new.updated_at := now();
  end if;
  return new;
end
$$;
create trigger touch_tag before update on public.tags for each row execute function public.touch_tag();

create function public.register_tag_name() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    delete from public.tag_names as n where n.normalized_name = old.normalized_name;
  end if;
  if tg_op <> 'DELETE' then
    if tg_table_name = 'tags' then
      insert into public.tag_names (normalized_name, tag_id, is_synonym) values (new.normalized_name, new.id, false);
    else
      insert into public.tag_names (normalized_name, tag_id, is_synonym) values (new.normalized_name, new.tag_id, true);
    end if;
  end if;
  return null;
end
$$;
create trigger register_new_tag after insert or delete on public.tags
  for each row execute function public.register_tag_name();
create trigger register_renamed_tag after update on public.tags
  for each row when (old.normalized_name is distinct from new.normalized_name) execute function public.register_tag_name();
create trigger register_synonym after insert or delete or update of name, tag_id on public.tag_synonyms
  for each row execute function public.register_tag_name();

-- A batch locks songs, not links; without this nothing would hold back a person who tags a song that a batch has read.
create function public.lock_song_before_tagging() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform from public.songs as s
    where s.id = case when tg_op = 'DELETE' then old.song_id else new.song_id end
    for no key update;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger lock_song_before_tagging before insert or delete on public.song_tags
  for each row when (current_setting('tag_migration.engine', true) is distinct from 'on')
  execute function public.lock_song_before_tagging();

create function public.count_tag_usage() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- The engine's batches record their own deltas: a hot tag's row must not be locked by every batch.
  if current_setting('tag_migration.engine', true) is not distinct from 'on' then
    return null;
  end if;
  -- Locked in id order first: two statements that count the same tags must not wait for each other in a ring.
  if tg_op = 'INSERT' then
    perform from public.tags as t where t.id in (select c.tag_id from changed as c) order by t.id for no key update;
    update public.tags as t set usage_count = t.usage_count + d.n
    from (select c.tag_id, count(*) as n from changed as c group by c.tag_id) as d where t.id = d.tag_id;
  else
    perform from public.tags as t where t.id in (select c.tag_id from changed as c) order by t.id for no key update;
    update public.tags as t set usage_count = t.usage_count - d.n
    from (select c.tag_id, count(*) as n from changed as c group by c.tag_id) as d where t.id = d.tag_id;
  end if;
  return null;
end
$$;
create trigger count_new_links after insert on public.song_tags
  referencing new table as changed for each statement execute function public.count_tag_usage();
create trigger count_removed_links after delete on public.song_tags
  referencing old table as changed for each statement execute function public.count_tag_usage();

create function public.refuse_log_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception using errcode = '42501', message = 'The moderation log is append-only.';
end
$$;
create trigger refuse_log_change before update or delete or truncate on public.tag_moderation_log
  for each statement execute function public.refuse_log_change();

-- begin generated: standard tags
-- end generated: standard tags
