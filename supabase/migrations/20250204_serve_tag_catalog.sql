-- Tags for whoever types: the whole vocabulary once and then what has changed, or suggestions by the server when it is too
-- large for that; which tags go together; a new tag that is not the fourth spelling of an old one.

create extension if not exists pg_trgm with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;

-- Not exposed by the API; nobody enters it but through the functions in public.
create schema tag_catalog;

create table tag_catalog.setting (
  only_row boolean not null default true,
  max_tags integer not null default 20000,
  keep_traces interval not null default '90 days',
  constraint setting_pkey primary key (only_row),
  constraint setting_only_row check (only_row),
  constraint setting_max_tags check (max_tags > 0)
);
alter table tag_catalog.setting enable row level security;
insert into tag_catalog.setting default values;
comment on column tag_catalog.setting.max_tags is 'With more tags than this the catalogue is not given away whole: the server suggests.';
comment on column tag_catalog.setting.keep_traces is 'A browser that was away for longer gets the whole catalogue again.';

-- What has changed is read off the rows themselves: xmin names the transaction that wrote them. A column with a number
-- would cost every count of a link a trigger, an index entry and a wait for whoever draws the next number. Rows that went
-- leave a trace here. Traces are only ever added, so that nobody waits for another one's.
create table tag_catalog.trace (
  -- NULL: no older version of the catalogue can be brought up to date any more.
  tag_id uuid,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now()
);
alter table tag_catalog.trace enable row level security;
create index trace_xid_idx on tag_catalog.trace (xid);
create index trace_forgotten_idx on tag_catalog.trace (xid) where tag_id is null;

-- Forgets what nobody can need, a little at a time, and notes up to where. Two that prune at once take different rows.
create function tag_catalog.prune_traces() returns void
language sql set search_path = ''
as $$
  with old as (
    select t.tag_id, t.xid, t.ctid as row_id from tag_catalog.trace as t
    where t.xid <= (select max(f.xid) from (select o.xid from tag_catalog.trace as o order by o.xid limit 1000) as f)
      and case when t.tag_id is null
        then t.xid < (select max(m.xid) from tag_catalog.trace as m where m.tag_id is null)
        else t.at < now() - (select s.keep_traces from tag_catalog.setting as s) end
    for update skip locked
  ), pruned as (
    delete from tag_catalog.trace as t using old as o where t.ctid = o.row_id
  )
  insert into tag_catalog.trace (tag_id, xid)
  select null, o.xid from old as o where o.tag_id is not null order by o.xid desc limit 1
$$;

create function tag_catalog.trace_deleted_tags() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_catalog.trace (tag_id)
  select d.id from deleted as d union select d.merged_into from deleted as d where d.merged_into is not null;
  perform tag_catalog.prune_traces();
  return null;
end
$$;
create trigger trace_deleted_tags after delete on public.tags
  referencing old table as deleted for each statement execute function tag_catalog.trace_deleted_tags();

create function tag_catalog.trace_deleted_synonyms() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_catalog.trace (tag_id) select distinct d.tag_id from deleted as d;
  perform tag_catalog.prune_traces();
  return null;
end
$$;
create trigger trace_deleted_synonyms after delete on public.tag_synonyms
  referencing old table as deleted for each statement execute function tag_catalog.trace_deleted_synonyms();

-- A row that leads elsewhere now says so itself; where it led before, only this says.
create function tag_catalog.trace_unmerged_tag() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_catalog.trace (tag_id) values (old.merged_into);
  return null;
end
$$;
create trigger trace_unmerged_tag after update on public.tags
  for each row when (old.merged_into is not null and old.merged_into is distinct from new.merged_into)
  execute function tag_catalog.trace_unmerged_tag();

create function tag_catalog.trace_moved_synonym() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_catalog.trace (tag_id) values (old.tag_id);
  return null;
end
$$;
create trigger trace_moved_synonym after update on public.tag_synonyms
  for each row when (old.tag_id is distinct from new.tag_id) execute function tag_catalog.trace_moved_synonym();

create function tag_catalog.forget_older_versions() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_catalog.trace (tag_id) values (null);
  return null;
end
$$;
create trigger forget_older_versions after truncate on public.tags
  for each statement execute function tag_catalog.forget_older_versions();
create trigger forget_older_versions after truncate on public.tag_synonyms
  for each statement execute function tag_catalog.forget_older_versions();

-- Which history of the database it is whose transactions are numbered: a copy, a restored backup and a promoted standby
-- each go on with numbers of their own.
create function tag_catalog.epoch() returns text
language sql stable set search_path = ''
as $$
  select left(md5(concat_ws('.', s.system_identifier, d.oid, c.timeline_id)), 8)
  from pg_control_system() as s, pg_control_checkpoint() as c, pg_database as d where d.datname = current_database()
$$;

-- Everything below xmin had ended when this was asked, and is in the answer if it was committed. What had not ended, or had
-- not begun, has that number or a higher one, in whatever order it commits.
create function tag_catalog.version() returns text
language sql stable set search_path = ''
as $$
  select tag_catalog.epoch() || '.' || pg_snapshot_xmin(pg_current_snapshot())::text
$$;

-- The transaction from which on to look for changes; NULL when only the whole catalogue helps.
create function tag_catalog.since(p_version text) returns bigint
language plpgsql stable set search_path = ''
as $$
declare
  v_xid bigint;
begin
  if p_version is null or p_version !~ '^[0-9a-f]{8}\.[0-9]{1,18}$' or split_part(p_version, '.', 1) <> tag_catalog.epoch() then
    return null;
  end if;
  v_xid := split_part(p_version, '.', 2)::bigint;
  -- Rows keep the lower half of the number: seen from further away than this, new ones would look old.
  if v_xid > pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    or v_xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 2000000000
    or v_xid::text::xid8 <= (select max(t.xid) from tag_catalog.trace as t where t.tag_id is null) then
    return null;
  end if;
  return v_xid;
end
$$;

-- The tags of which anything may have changed since then, and those that they are merged into. Some may not have: what was
-- under way is told again.
create function tag_catalog.touched(p_since bigint) returns uuid[]
language sql stable set search_path = ''
as $$
  with place as (
    select age((p_since % 4294967296)::text::xid) as age
  ), fresh as (
    select t.id, t.merged_into as root from public.tags as t where age(t.xmin) <= (select p.age from place as p)
    union all
    select t.id, t.merged_into from public.tag_synonyms as y join public.tags as t on t.id = y.tag_id
    where age(y.xmin) <= (select p.age from place as p)
    union all
    select c.tag_id, t.merged_into from tag_catalog.trace as c left join public.tags as t on t.id = c.tag_id
    where c.xid >= p_since::text::xid8 and c.tag_id is not null
  )
  select array_agg(u.id) from (
    select f.id from fresh as f union select f.root from fresh as f where f.root is not null
  ) as u
$$;

-- Tags as the catalogue has them, in the given order. The names of a tag that was merged into one are synonyms of it; those
-- of a banned one are nobody's. Not jsonb, which takes half as long again for thousands of them.
create function tag_catalog.described(p_tags uuid[]) returns json
language sql stable set search_path = ''
-- Tag by tag, by look-ups: whoever joins all of them relies on statistics, and compares each with each just after many tags
-- were made.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'name', t.name, 'category', t.category, 'colour', t.colour, 'isStandard', t.is_standard,
    -- Until batches are folded, a count may be below what it counts.
    'usage', greatest(t.usage_count, 0),
    'synonyms', coalesce((
      select json_agg(n.name order by n.name collate "C") from (
        select y.name from public.tag_synonyms as y where y.tag_id = t.id
        union all
        select m.name from public.tags as m where m.merged_into = t.id and m.banned_at is null
        union all
        select y.name from public.tags as m join public.tag_synonyms as y on y.tag_id = m.id
        where m.merged_into = t.id and m.banned_at is null
      ) as n
    ), '[]')
  ) order by w.place), '[]')
  from unnest(p_tags) with ordinality as w (id, place) join public.tags as t on t.id = w.id
  where t.merged_into is null and t.banned_at is null
$$;

create function tag_catalog.most_used(p_limit integer) returns uuid[]
language sql stable set search_path = ''
as $$
  select coalesce(array_agg(m.id order by m.usage_count desc, m.id), '{}') from (
    select t.id, t.usage_count from public.tags as t where t.merged_into is null and t.banned_at is null
    order by t.usage_count desc, t.id limit least(greatest(p_limit, 0), 1000)
  ) as m
$$;

-- Definer: whoever does not see a banned tag must be told that it is gone. What it tells is the same for everybody, so that
-- a version means the same, too. Stable: all of it is one snapshot.
create function public.tag_catalog(p_since text default null) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_version text := tag_catalog.version();
  v_since bigint := tag_catalog.since(p_since);
  v_touched uuid[];
  v_shown integer;
  v_max integer := (select s.max_tags from tag_catalog.setting as s);
begin
  if v_since is not null then
    v_touched := tag_catalog.touched(v_since);
    if v_touched is null then
      return json_build_object('unchanged', true);
    end if;
  end if;
  v_shown := (
    select count(*) from (select from public.tags as t where t.merged_into is null and t.banned_at is null limit v_max + 1) as s
  );
  if v_shown > v_max then
    -- Not a version that anything can be added to.
    return json_build_object(
      'tooLarge', true, 'version', 'top.' || v_version, 'top', tag_catalog.described(tag_catalog.most_used(100))
    );
  end if;
  if v_since is null or cardinality(v_touched) > v_shown then
    return json_build_object('version', v_version, 'tags', tag_catalog.described(array(
      select t.id from public.tags as t where t.merged_into is null and t.banned_at is null order by t.id
    )));
  end if;
  return json_build_object(
    'version', v_version,
    'changed', tag_catalog.described(array(select u.id from unnest(v_touched) as u (id) order by u.id)),
    'gone', (
      select coalesce(json_agg(json_build_object('id', u.id, 'into', r.id) order by u.id), '[]')
      from unnest(v_touched) as u (id)
      left join public.tags as t on t.id = u.id
      left join public.tags as r on r.id = t.merged_into and r.banned_at is null and t.banned_at is null
      where t.id is null or t.merged_into is not null or t.banned_at is not null
    )
  );
end
$$;
comment on function public.tag_catalog is
  'The vocabulary: {version, tags}; with an earlier version {version, changed, gone: [{id, into}]} or {unchanged: true}; {tooLarge: true, version, top} when there are too many tags.';

create function public.popular_tags(p_limit integer default 10) returns json
language sql stable security definer set search_path = ''
as $$
  select tag_catalog.described(tag_catalog.most_used(coalesce(p_limit, 10)))
$$;
comment on function public.popular_tags is 'The most used tags, at most 1000.';

create function public.tags_by_id(p_tags uuid[]) returns json
language sql stable security definer set search_path = ''
as $$
  select tag_catalog.described(array(
    -- Not a slice of the array: of a nested one it would leave all.
    select r.id from unnest(p_tags) with ordinality as u (id, place)
    join public.tags as t on t.id = u.id
    join public.tags as r on r.id = coalesce(t.merged_into, t.id)
    where u.place <= 1000 and t.banned_at is null
    group by r.id order by min(u.place)
  ))
$$;
comment on function public.tags_by_id is
  'Tags by their ids, at most 1000, each once; for one that was merged the tag that stands for it. Those that are banned or gone are left out.';

-- For beginnings of names in any collation, and for what is inside of them.
create index tag_names_prefix_idx on public.tag_names (normalized_name text_pattern_ops);
-- A short list of what is to be sorted in, since every search reads all of it.
create index tag_names_trigram_idx on public.tag_names using gin (normalized_name extensions.gin_trgm_ops)
  with (gin_pending_list_limit = 64);

create function tag_catalog.letters(p_text text) returns text[]
language sql immutable set search_path = ''
as $$
  select array_agg(l.letter order by l.letter collate "C") from string_to_table(p_text, null) as l (letter)
$$;

-- How many letters a query is off a name, or off the beginning of one of its words; NULL when it is more than one letter, or
-- two from eight letters on. Letters that changed places count as one. Four letters are too few to be misspelt inside: with
-- one of them wrong they are some other word.
create function tag_catalog.letters_off(p_query text, p_name text) returns integer
language plpgsql immutable set search_path = ''
as $$
declare
  v_length integer := char_length(p_query);
  v_most integer := case when v_length < 4 then 0 when v_length < 8 then 1 else 2 end;
  v_rest text := p_name;
  v_beginning text;
  v_off integer;
  v_least integer;
begin
  loop
    for v_more in -v_most..v_most loop
      v_beginning := left(v_rest, v_length + v_more);
      -- levenshtein refuses more bytes than that.
      continue when octet_length(v_beginning) > 255 or octet_length(p_query) > 255;
      v_off := extensions.levenshtein_less_equal(p_query, v_beginning, 2);
      if v_off = 2 and tag_catalog.letters(p_query) = tag_catalog.letters(v_beginning) then
        v_off := 1;
      end if;
      if v_off <= v_most then
        v_least := least(v_least, v_off);
      end if;
    end loop;
    exit when v_least = 1 or v_length < 5 or strpos(v_rest, ' ') = 0;
    v_rest := substr(v_rest, strpos(v_rest, ' ') + 1);
  end loop;
  return v_least;
end
$$;

create index tags_standard_idx on public.tags (id) where is_standard;

-- For a pattern that so many names fit that those are soon found: standard tags and the hundred most used others.
create function tag_catalog.most_used_like(p_pattern text) returns uuid[]
language sql stable set search_path = '' set enable_seqscan = off
as $$
  select array(
    select t.id from public.tags as t
    where t.is_standard and t.merged_into is null and t.banned_at is null
      and exists (select from public.tag_names as n where n.tag_id = t.id and n.normalized_name like p_pattern)
  ) || array(
    select t.id from public.tags as t
    where not t.is_standard and t.merged_into is null and t.banned_at is null
      -- Not "exists", which would be joined, and all of the names with it: this asks tag by tag, and stops.
      and (select bool_or(n.normalized_name like p_pattern) from public.tag_names as n where n.tag_id = t.id)
    order by t.usage_count desc, t.id limit 100
  )
$$;

-- Definer: under row-level security no index is searched by an operator that might leak what it compares. Banned tags are
-- left out here. Without sequential scans: whatever the planner thinks of a pattern that it does not know yet.
create function public.suggest_tags(p_query text, p_limit integer default 8, p_chosen uuid[] default '{}') returns jsonb
language plpgsql stable security definer set search_path = '' set enable_seqscan = off
  set pg_trgm.similarity_threshold = 0.2 set pg_trgm.word_similarity_threshold = 0.3
as $$
declare
  -- No name is longer; and whoever pastes a page means no tag.
  v_query text := case when char_length(p_query) <= 100 then public.normalize_tag_name(p_query) end;
  v_limit integer := least(greatest(coalesce(p_limit, 8), 1), 100);
  -- With a NULL among them, nothing would be known to be none of them. Each hit is compared with all of them.
  v_chosen uuid[] := array(select u.id from unnest(p_chosen) as u (id) where u.id is not null limit 1000);
  v_begins text;
  v_holds text;
  -- So many names that only the most used of them are looked at.
  v_many constant integer := 2000;
  v_begin_many boolean;
  v_hold_many boolean;
  v_found jsonb;
  v_beginning integer;
  v_ids uuid[];
  v_trigrams integer;
begin
  if coalesce(v_query, '') = '' then
    return jsonb_build_object('complete', false, 'suggestions', '[]'::jsonb);
  end if;
  v_begins := regexp_replace(v_query, '([\\%_])', '\\\1', 'g') || '%';
  -- Of fewer than three letters there is no trigram: inside of a word they would be looked for in all names.
  v_holds := case when char_length(v_query) < 3 then '% ' else '%' end || v_begins;

  v_begin_many := (
    select count(*) from (
      select from public.tag_names as n
      where n.normalized_name operator(pg_catalog.~>=~) v_query
        and n.normalized_name operator(pg_catalog.~<~) (v_query || chr(1114111))
      limit v_many + 1
    ) as b
  ) > v_many;
  v_hold_many := not v_begin_many and (
    select count(*) from (select from public.tag_names as n where n.normalized_name like v_holds limit v_many + 1) as h
  ) > v_many;

  with hit as (
    select n.normalized_name, n.tag_id, n.is_synonym from public.tag_names as n
    where not v_begin_many
      and n.normalized_name operator(pg_catalog.~>=~) v_query
      and n.normalized_name operator(pg_catalog.~<~) (v_query || chr(1114111))
    union
    select n.normalized_name, n.tag_id, n.is_synonym from public.tag_names as n
    where not v_begin_many and not v_hold_many and n.normalized_name like v_holds
    union
    select n.normalized_name, n.tag_id, n.is_synonym
    from unnest(case when v_begin_many or v_hold_many then
      tag_catalog.most_used_like(case when v_begin_many then v_begins else v_holds end)
    end) as u (id)
    join public.tag_names as n on n.tag_id = u.id
    where n.normalized_name like case when v_begin_many then v_begins else v_holds end
  ), best as (
    select distinct on (r.id) r.id, r.name, r.is_standard, r.usage_count, h.normalized_name,
      m.kind, m.is_own, t.name as tag_name, h.is_synonym
    from hit as h
    join public.tags as t on t.id = h.tag_id
    join public.tags as r on r.id = coalesce(t.merged_into, t.id)
    cross join lateral (
      select case
          when h.normalized_name = v_query then 1
          when starts_with(h.normalized_name, v_query) then 2
          when strpos(h.normalized_name, ' ' || v_query) > 0 then 3
          else 4
        end as kind,
        not h.is_synonym and t.merged_into is null as is_own
    ) as m
    where t.banned_at is null and r.banned_at is null and not r.id = any (v_chosen)
    order by r.id, m.kind, m.is_own desc, char_length(h.normalized_name), h.normalized_name collate "C"
  ), ranked as (
    select b.*, row_number() over (order by b.kind, b.is_standard desc, b.usage_count desc, b.name collate "C") as place
    from best as b
  )
  select (select count(*) from ranked as r where r.kind < 4), jsonb_agg(jsonb_build_object(
      'id', r.id, 'kind', (array['exact', 'prefix', 'word-prefix', 'infix'])[r.kind],
      'via', case when not r.is_own then case when r.is_synonym then (
        select y.name from public.tag_synonyms as y where y.normalized_name = r.normalized_name
      ) else r.tag_name end end
    ) order by r.place)
  into v_beginning, v_found
  from ranked as r where r.place <= v_limit;
  v_found := coalesce(v_found, '[]');
  v_ids := array(select (f.hit ->> 'id')::uuid from jsonb_array_elements(v_found) with ordinality as f (hit, place) order by f.place);

  if cardinality(v_ids) < v_limit and char_length(v_query) > 3 then
    -- Two mistakes spoil ten trigrams at most: what a long query is near to has the others, and nothing else is looked at.
    v_trigrams := cardinality(extensions.show_trgm(v_query));
    if v_trigrams > 20 then
      perform set_config(s.name, ((v_trigrams - 10.0) / (v_trigrams + 10))::text, true)
      from unnest(array['pg_trgm.similarity_threshold', 'pg_trgm.word_similarity_threshold']) as s (name);
    end if;
    with hit as (
      select n.normalized_name, n.tag_id, n.is_synonym, alike.share
      from public.tag_names as n
      cross join lateral (
        select greatest(
          extensions.similarity(v_query, n.normalized_name), extensions.word_similarity(v_query, n.normalized_name)
        ) as share
      ) as alike
      where n.normalized_name operator(extensions.%) v_query or n.normalized_name operator(extensions.%>) v_query
      order by alike.share desc, n.normalized_name collate "C" limit 60
    ), best as (
      select distinct on (r.id) r.id, r.name, r.is_standard, r.usage_count, h.normalized_name, h.share,
        m.off, m.is_own, t.name as tag_name, h.is_synonym
      from hit as h
      join public.tags as t on t.id = h.tag_id
      join public.tags as r on r.id = coalesce(t.merged_into, t.id)
      cross join lateral (
        select tag_catalog.letters_off(v_query, h.normalized_name) as off,
          not h.is_synonym and t.merged_into is null as is_own
      ) as m
      where t.banned_at is null and r.banned_at is null and not r.id = any (v_chosen || v_ids)
        and m.off is not null
      order by r.id, m.off, m.is_own desc, h.share desc, h.normalized_name collate "C"
    ), ranked as (
      select b.*, row_number() over (
        order by b.off, b.is_standard desc, b.usage_count desc, b.share desc, b.name collate "C"
      ) as place
      from best as b
    )
    select v_found || coalesce(jsonb_agg(jsonb_build_object(
        'id', r.id, 'kind', 'typo',
        'via', case when not r.is_own then case when r.is_synonym then (
          select y.name from public.tag_synonyms as y where y.normalized_name = r.normalized_name
        ) else r.tag_name end end
      ) order by r.place), '[]')
    into v_found
    from ranked as r where r.place <= v_limit - cardinality(v_ids);
    v_ids := array(select (f.hit ->> 'id')::uuid from jsonb_array_elements(v_found) with ordinality as f (hit, place) order by f.place);
  end if;

  return jsonb_build_object(
    'complete', v_beginning <= v_limit and not v_begin_many and not v_hold_many,
    'suggestions', (
      select coalesce(jsonb_agg((f.hit - 'id') || jsonb_build_object('tag', d.tag) order by f.place), '[]')
      from jsonb_array_elements(v_found) with ordinality as f (hit, place)
      join json_array_elements(tag_catalog.described(v_ids)) with ordinality as d (tag, place) on d.place = f.place
    )
  );
end
$$;
comment on function public.suggest_tags is
  'Tags that begin with the query or hold it in a name or synonym, then near ones: {complete, suggestions: [{tag, kind, via}]}. Complete: no other tag has a name, or a word in one, that begins with it.';

-- Songs whose ids come first are as good a sample as any: ids are random. It bounds the call to 10 tags of 200 songs each.
create function public.tag_companions(p_tags uuid[], p_limit integer default 20)
returns table (tag_id uuid, share real)
language sql stable set search_path = '' set enable_seqscan = off
as $$
  with chosen as materialized (
    select distinct coalesce(t.merged_into, t.id) as id
    from unnest(p_tags) with ordinality as u (id, place) join public.tags as t on t.id = u.id
    where u.place <= 10
  ), sampled as materialized (
    select c.id, l.song_id from chosen as c
    cross join lateral (
      select l.song_id from public.song_tags as l where l.tag_id = c.id order by l.song_id limit 200
    ) as l
  ), size as (
    select s.id, count(*) as songs from sampled as s group by s.id
  ), together as materialized (
    select s.id, o.tag_id, count(*) as songs
    from sampled as s
    -- Song by song: a few hundred of them, whatever the planner expects.
    cross join lateral (select l.tag_id from public.song_tags as l where l.song_id = s.song_id offset 0) as o
    group by s.id, o.tag_id
  )
  select t.id, (sum(g.songs::numeric / z.songs) / (select count(*) from chosen))::real as share
  from together as g join size as z on z.id = g.id join public.tags as t on t.id = g.tag_id
  where t.banned_at is null and not exists (select from chosen as c where c.id = t.id)
  group by t.id
  order by 2 desc, t.id
  limit least(greatest(coalesce(p_limit, 20), 0), 100)
$$;
comment on function public.tag_companions is
  'Which tags songs with the given ones carry, too: the share of such songs, 0 to 1, averaged over the given tags.';

create function public.create_tag(p_name text, p_category public.tag_category default 'theme', p_colour text default null)
returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_name text := (public.tidy_tag_names(array[p_name]))[1];
  v_normalized text := public.normalize_tag_name(v_name);
  v_new uuid;
  v_tag json;
begin
  if not exists (select from public.tag_names as n where n.normalized_name = v_normalized) then
    begin
      insert into public.tags (name, category, colour) values (v_name, coalesce(p_category, 'theme'), p_colour)
      on conflict (normalized_name) do nothing returning id into v_new;
    exception when unique_violation then
      -- It has become a synonym since.
      null;
    end;
  end if;
  v_tag := public.tags_by_id(array(
    select n.tag_id from public.tag_names as n where n.normalized_name = v_normalized
  )) -> 0;
  if v_tag is null then
    -- It is there, or it would have been made; the caller does not see it.
    raise exception using errcode = '42501', message = 'This tag is banned.';
  end if;
  return jsonb_build_object('created', v_new is not null, 'tag', v_tag);
end
$$;
comment on function public.create_tag is
  'Makes a custom tag, or answers with the one that has this name or synonym already: {created, tag}.';

revoke all on all functions in schema tag_catalog from public;
grant execute on function
  public.tag_catalog(text), public.suggest_tags(text, integer, uuid[]), public.tag_companions(uuid[], integer),
  public.popular_tags(integer), public.tags_by_id(uuid[])
to anon, authenticated, service_role;
grant execute on function public.create_tag(text, public.tag_category, text) to authenticated, service_role;
