-- What the tag migration remembers: plans, runs, batches, before-images and each song's state.
-- All of it lives in a schema that the API does not expose. Applying this file moves nothing.

create schema tag_migration;
revoke all on schema tag_migration from public;
comment on schema tag_migration is 'Internals of the theme-to-tag migration; reached only through the functions tag_migration_* in public.';

-- A plan says what becomes of every distinct raw theme. It is named by its content hash and never changes.
create table tag_migration.plan (
  hash text not null,
  created_at timestamptz not null default now(),
  constraint plan_pkey primary key (hash),
  constraint plan_hash_hex check (hash ~ '^[0-9a-f]{64}$')
);
alter table tag_migration.plan enable row level security;

create table tag_migration.plan_theme (
  plan_hash text not null references tag_migration.plan (hash) on delete cascade,
  -- Raw themes have no length limit and an index entry has; md5 only finds them, equality decides.
  raw_key text not null generated always as (md5(raw)) stored,
  raw text not null,
  disposition text not null,
  tag_names text[] not null,
  category public.tag_category,
  needs_review boolean not null default false,
  entry jsonb not null,
  constraint plan_theme_pkey primary key (plan_hash, raw_key),
  constraint plan_theme_disposition_known
    check (disposition in ('canonical', 'variation', 'fuzzy', 'custom', 'split', 'blank', 'too-long'))
);
alter table tag_migration.plan_theme enable row level security;

-- The state machine of a run: a change of status that is not a row here is refused.
create table tag_migration.transition (
  from_status text not null,
  to_status text not null,
  reason text not null,
  constraint transition_pkey primary key (from_status, to_status)
);
alter table tag_migration.transition enable row level security;

insert into tag_migration.transition (from_status, to_status, reason) values
  ('preparing', 'running', 'every planned tag is committed'),
  ('preparing', 'paused', 'a person interrupted before the first batch'),
  ('preparing', 'failed', 'a planned tag could not be made'),
  ('preparing', 'cancelled', 'a person gave it up before the first batch'),
  ('preparing', 'rolling_back', 'taken back before the first batch'),
  ('running', 'paused', 'a person interrupted; the checkpoint stands'),
  ('running', 'failed', 'the worker gave up; the checkpoint stands'),
  ('running', 'validating', 'no song is left to migrate'),
  ('running', 'cancelled', 'a person gave it up; what it did stays'),
  ('running', 'rolling_back', 'a person takes it back half-way'),
  ('paused', 'preparing', 'resumed while tags are still missing'),
  ('paused', 'running', 'resumed'),
  ('paused', 'cancelled', 'a person gave it up; what it did stays'),
  ('paused', 'rolling_back', 'a person takes it back half-way'),
  ('failed', 'preparing', 'resumed while tags are still missing'),
  ('failed', 'running', 'resumed'),
  ('failed', 'cancelled', 'a person gave it up after a failure; what it did stays'),
  ('failed', 'rolling_back', 'taken back after a failure'),
  ('validating', 'running', 'songs were left after all'),
  ('validating', 'paused', 'a person interrupted the validation'),
  ('validating', 'failed', 'validation found a difference'),
  ('validating', 'complete', 'validated and certified'),
  ('validating', 'cancelled', 'a person gave it up; what it did stays, without a certificate'),
  ('validating', 'rolling_back', 'a person takes it back'),
  ('complete', 'rolling_back', 'a person takes it back'),
  ('cancelled', 'rolling_back', 'a person takes back what it did'),
  ('rolling_back', 'rolled_back', 'no song of the run is left to take back'),
  ('rolling_back', 'paused', 'taken back to where a person wanted it; the rest can be migrated again');

create table tag_migration.run (
  id uuid not null default gen_random_uuid(),
  status text not null default 'preparing',
  -- Fencing token: a worker that wakes up with an older epoch is refused.
  epoch integer not null default 1,
  plan_hash text not null references tag_migration.plan (hash),
  total_songs bigint not null,
  options jsonb not null default '{}',
  -- Shown to people; decides nothing.
  worker text not null default '',
  started_by text not null default coalesce(auth.uid()::text, session_user),
  certificate text,
  failure jsonb,
  -- How often its way back was begun, and the form of the one under way: exact or not, and which batches are to stay.
  rollbacks integer not null default 0,
  exact_rollback boolean,
  rollback_to_batch bigint,
  rollback_to_time timestamptz,
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  finished_at timestamptz,
  rolled_back_at timestamptz,
  -- Since when before-images are missing: it can then neither be taken back nor compared with its journal.
  pruned_at timestamptz,
  constraint run_pkey primary key (id),
  constraint run_certificate_hex check (certificate ~ '^[0-9a-f]{64}$'),
  constraint run_rollback_limit_single check (rollback_to_batch is null or rollback_to_time is null)
);
alter table tag_migration.run enable row level security;
-- One run at a time: two plans must not race for the same songs.
create unique index run_one_at_a_time on tag_migration.run ((true))
  where status in ('preparing', 'running', 'paused', 'failed', 'validating', 'rolling_back');
create index run_started_at_idx on tag_migration.run (started_at desc);

create table tag_migration.run_event (
  id bigint generated always as identity,
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  from_status text,
  to_status text not null,
  epoch integer not null,
  worker text not null,
  reason text not null,
  at timestamptz not null default clock_timestamp(),
  constraint run_event_pkey primary key (id)
);
alter table tag_migration.run_event enable row level security;
create index run_event_run_id_idx on tag_migration.run_event (run_id, id);

create function tag_migration.check_transition() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.status is distinct from old.status and not exists (
    select from tag_migration.transition as t where t.from_status = old.status and t.to_status = new.status
  ) then
    raise exception using errcode = '55000',
      message = format('A run that is %s cannot become %s.', old.status, new.status);
  end if;
  -- Paused in the middle of a whole rollback it would look like a run to go on with, half of whose songs are gone.
  if tg_op = 'UPDATE' and old.status = 'rolling_back' and new.status = 'paused'
    and old.rollback_to_batch is null and old.rollback_to_time is null then
    raise exception using errcode = '55000', message = 'A run that is taken back whole cannot become paused.';
  end if;
  new.changed_at := clock_timestamp();
  return new;
end
$$;
create trigger check_transition before insert or update on tag_migration.run
  for each row execute function tag_migration.check_transition();

create function tag_migration.record_transition() returns trigger
language plpgsql set search_path = ''
as $$
begin
  -- A transition that is repeated because its answer was lost has happened once.
  if tg_op = 'UPDATE' and new.status = old.status and new.epoch = old.epoch then
    return null;
  end if;
  insert into tag_migration.run_event (run_id, from_status, to_status, epoch, worker, reason)
  values (
    new.id, case when tg_op = 'UPDATE' then old.status end, new.status, new.epoch, new.worker,
    case
      when tg_op = 'INSERT' then 'started'
      when new.status = old.status then 'taken over'
      else (
        select t.reason from tag_migration.transition as t where t.from_status = old.status and t.to_status = new.status
      )
    end
  );
  return null;
end
$$;
create trigger record_transition after insert or update of status, epoch on tag_migration.run
  for each row execute function tag_migration.record_transition();

-- The plan as this run resolved it: raw theme → tags that exist. Themes met later are added and marked late.
create table tag_migration.run_theme (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  raw_key text not null,
  raw text not null,
  tag_ids uuid[] not null,
  is_late boolean not null default false,
  constraint run_theme_pkey primary key (run_id, raw_key)
);
alter table tag_migration.run_theme enable row level security;

-- The tags that a run made, as it made them: a rollback removes those that nobody has touched since.
create table tag_migration.run_tag (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  tag_id uuid not null,
  name text not null,
  removed_at timestamptz,
  -- Made by another run, which was taken back while this one still used it: the last to go removes it.
  is_inherited boolean not null default false,
  constraint run_tag_pkey primary key (run_id, tag_id)
);
alter table tag_migration.run_tag enable row level security;

-- Drawn before a batch writes, because its journal rows carry it.
create sequence tag_migration.batch_number;

create table tag_migration.batch (
  number bigint not null,
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  is_rollback boolean not null default false,
  -- Which of the run's rollbacks: the one that it belongs to, or the one to an earlier batch that took it back.
  rollback integer,
  epoch integer not null,
  worker text not null,
  first_song uuid not null,
  last_song uuid not null,
  songs integer not null,
  themes integer not null,
  links integer not null,
  checksum bytea not null,
  -- Links made (or taken away) by tag, until a worker folds them: they are owed to tags.usage_count then.
  usage_tags uuid[] not null,
  usage_deltas integer[] not null,
  is_folded boolean not null default false,
  duration_ms real not null,
  finished_at timestamptz not null default clock_timestamp(),
  constraint batch_pkey primary key (number)
);
alter table tag_migration.batch enable row level security;
create index batch_run_id_idx on tag_migration.batch (run_id, number);
create index batch_unfolded_idx on tag_migration.batch (run_id) where not is_folded;

-- What folded batches owe to tags.usage_count. No foreign key: a tag that is deleted meanwhile is owed nothing.
create table tag_migration.usage_owed (
  tag_id uuid not null,
  links bigint not null
);
alter table tag_migration.usage_owed enable row level security;
create index usage_owed_tag_id_idx on tag_migration.usage_owed (tag_id);

-- Before-images. No foreign keys: the record outlives the song, and a check for each row would cost more than the row.
create table tag_migration.journal (
  run_id uuid not null,
  song_id uuid not null,
  batch bigint not null,
  themes text[],
  tags_before uuid[] not null,
  linked uuid[] not null,
  names text[] not null,
  line_hash bytea not null,
  is_born boolean not null default false,
  deleted_at timestamptz,
  -- When a song came under the id of the deleted one that this record is of: to the run it is born.
  reborn_at timestamptz,
  forgotten_at timestamptz,
  rolled_back_at timestamptz,
  -- The song leads, so that one index serves a run in id order and a song across runs.
  constraint journal_pkey primary key (song_id, run_id)
);
alter table tag_migration.journal enable row level security;
create index journal_born_idx on tag_migration.journal (run_id) where (is_born or reborn_at is not null) and rolled_back_at is null;
comment on column tag_migration.journal.themes is 'songs.themes as the batch found it, NULL and order and white space included.';
comment on column tag_migration.journal.tags_before is 'Links that the batch found, each by the tag that it was made with, whatever that was merged into by then.';
comment on column tag_migration.journal.linked is 'Links that the batch made, as opposed to those it found: roots, as they were then.';
comment on column tag_migration.journal.names is 'Normalized names of the roots of tags_before and of linked together, in order, as they were then: a rename or a merge must not change the line.';
comment on column tag_migration.journal.line_hash is 'SHA-256 of the song''s canonical line; docs/certificate.md.';

-- yield_positions[i] is the position in seen (from 1) whose theme yields tag yields[i].
-- Parallel arrays, because Postgres has no ragged ones and one row a position costs three times the writing.
create table tag_migration.song_state (
  song_id uuid not null,
  seen text[],
  yields uuid[] not null,
  yield_positions smallint[] not null,
  extra uuid[] not null,
  constraint song_state_pkey primary key (song_id),
  constraint song_state_yields_parallel check (cardinality(yields) = cardinality(yield_positions))
);
alter table tag_migration.song_state enable row level security;
comment on column tag_migration.song_state.seen is 'The themes array that was digested (invariant I1: not distinct from songs.themes).';
comment on column tag_migration.song_state.extra is 'Links that no theme yields: found before the batch, or made by people.';

-- What links of songs without a state were made with: where merges have a part in a link, all the tags that it stands for.
-- Other links stand for themselves. A state knows its tags itself: a batch takes them over from here, a rollback puts them back.
create table tag_migration.own_link (
  -- No foreign keys: a merge writes a row for each of its songs, and looking up each song and tag would be most of its time.
  song_id uuid not null,
  tag_id uuid not null,
  created_by uuid,
  created_at timestamptz not null,
  constraint own_link_pkey primary key (song_id, tag_id)
);
alter table tag_migration.own_link enable row level security;
create index own_link_tag_id_idx on tag_migration.own_link (tag_id);

-- Whoever writes a row holds its song, so that a song which is deleted meanwhile is deleted after that, and this finds it.
create function tag_migration.forget_links_of_deleted() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'songs' then
    delete from tag_migration.own_link as o using deleted as d where o.song_id = d.id;
  else
    delete from tag_migration.own_link as o using deleted as d where o.tag_id = d.id;
  end if;
  return null;
end
$$;
create trigger forget_links_of_deleted after delete on public.songs
  referencing old table as deleted for each statement execute function tag_migration.forget_links_of_deleted();
create trigger forget_links_of_deleted after delete on public.tags
  referencing old table as deleted for each statement execute function tag_migration.forget_links_of_deleted();

create function tag_migration.forget_all_own_links() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from tag_migration.own_link;
  return null;
end
$$;
create trigger forget_all_own_links after truncate on public.songs
  for each statement execute function tag_migration.forget_all_own_links();
create trigger forget_all_own_links after truncate on public.tags
  for each statement execute function tag_migration.forget_all_own_links();

create view tag_migration.song_yield as
  select s.song_id, y.position, s.seen[y.position] as theme, y.tag_id
  from tag_migration.song_state as s
  cross join lateral unnest(s.yields, s.yield_positions) as y (tag_id, position);
comment on view tag_migration.song_yield is 'For readers: which theme of a song yields which tag.';

-- Songs with their themes, wherever these are: once the old column is dropped, in what the song's state has seen.
create view tag_migration.song_themes as
  select s.id, s.themes from public.songs as s;

create table tag_migration.quarantine (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  song_id uuid not null,
  sqlstate text not null,
  message text not null,
  attempts integer not null,
  at timestamptz not null default now(),
  constraint quarantine_pkey primary key (run_id, song_id)
);
alter table tag_migration.quarantine enable row level security;
comment on table tag_migration.quarantine is 'Songs that could not be migrated alone; the run goes on without them.';

-- Written with the batch that meets it: the answer to that batch may be lost, and the session may end.
create table tag_migration.rollback_conflict (
  id bigint generated always as identity,
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  rollback integer not null,
  song_id uuid,
  tag_id uuid,
  conflict jsonb not null,
  constraint rollback_conflict_pkey primary key (id)
);
alter table tag_migration.rollback_conflict enable row level security;
create index rollback_conflict_run_id_idx on tag_migration.rollback_conflict (run_id, rollback, id);
create index rollback_conflict_song_id_idx on tag_migration.rollback_conflict (song_id);
comment on table tag_migration.rollback_conflict is 'What people did since and a rollback met: kept, or overwritten by an exact one.';

create table tag_migration.rollback_error (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  song_id uuid not null,
  sqlstate text not null,
  message text not null,
  attempts integer not null,
  at timestamptz not null default now(),
  constraint rollback_error_pkey primary key (run_id, song_id)
);
alter table tag_migration.rollback_error enable row level security;
comment on table tag_migration.rollback_error is 'Songs that could not be taken back alone; the others go, and the next start of the rollback tries these again.';

create function tag_migration.forget_deleted_song() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from tag_migration.song_state as s where s.song_id = old.id;
  update tag_migration.journal as j set deleted_at = coalesce(j.deleted_at, now()), reborn_at = null
  where j.song_id = old.id and (j.deleted_at is null or j.reborn_at is not null);
  return null;
end
$$;
create trigger forget_deleted_song after delete on public.songs
  for each row execute function tag_migration.forget_deleted_song();

-- The tag that a merged one stands for today. merged_into always names a tag that is not merged itself.
create function tag_migration.root(p_tag uuid) returns uuid
language sql stable set search_path = ''
as $$ select coalesce(t.merged_into, t.id) from public.tags as t where t.id = p_tag $$;

-- The canonical line of a song, to the byte: id, before-image and resulting names. docs/certificate.md. Texts are sent in the
-- client's encoding, so whoever uses it sets that to UTF8.
create function tag_migration.canonical_line(p_song uuid, p_themes text[], p_names text[]) returns bytea
-- What it names is settled here. With a search_path of its own it would be a call for each song instead of a part of the query.
language sql stable
return uuid_send(p_song)
  -- An array's flag that some elements are NULL may outlive them: two equal arrays must have one line.
  || coalesce(set_byte(array_send(p_themes), 7, 0), '\xffffffff'::bytea)
  || array_send(p_names);

-- A raw theme as the name of a tag: composed, without control or bidirectional characters, white space collapsed.
create function tag_migration.tidy_name(p_raw text) returns text
language sql immutable set search_path = ''
as $$
  select btrim(regexp_replace(
    regexp_replace(normalize(p_raw, NFC), '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g'),
    '\s+', ' ', 'g'))
$$;
