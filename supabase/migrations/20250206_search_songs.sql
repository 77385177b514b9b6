-- Finds songs by what was typed, by tags and by what a band needs: a page, how many there are and what each further filter
-- would give, in one call.

-- Not exposed by the API. Its functions are called by those in public.
create schema song_search;

-- What of a song is looked at one by one, kept by triggers.
create table song_search.song (
  -- Its place in the sets below.
  n integer not null generated always as identity,
  song_id uuid not null references public.songs (id) on delete cascade,
  -- Folded, and shortened to what an index entry may hold.
  title_key text collate "C" not null,
  -- Its distinct themes by the MD5 of each.
  themes uuid[] not null default '{}',
  created_at timestamptz not null,
  uses integer not null default 0,
  constraint song_pkey primary key (song_id),
  constraint song_n_key unique (n)
);
alter table song_search.song enable row level security;
create index song_title_idx on song_search.song (title_key, n);
create index song_newest_idx on song_search.song (created_at desc, n);
create index song_most_used_idx on song_search.song (uses desc, title_key, n);
comment on column song_search.song.uses is 'On how many days how many people opened it, added up.';

-- Apart, because it is wide. Folded words have no capitals: those of the title are there also with a T, and those of the title
-- and the artist with an N before them. All columns but the first lie beside the table, which is then a tenth of the size: a search
-- for a word of every third song reads all of it.
create table song_search.words (
  n integer not null references song_search.song (n) on delete cascade,
  words tsvector not null,
  -- The lyrics, folded: in one piece, with a mark between the lines. Spaces at its end, which take no room, make it so long that
  -- the row is not kept together: a row of less than two kilobytes would be.
  lines text not null,
  constraint words_pkey primary key (n)
) with (toast_tuple_target = 128);
alter table song_search.words alter column words set storage external;
alter table song_search.words enable row level security;
create index words_idx on song_search.words using gin (words);

-- Words that a title has, or had. Not unique: whoever writes a word first would make the others wait.
create table song_search.title_word (word text collate "C" not null);
alter table song_search.title_word enable row level security;
create index title_word_idx on song_search.title_word (word);
create index title_word_trigram_idx on song_search.title_word using gin (word extensions.gin_trgm_ops)
  with (gin_pending_list_limit = 64);

-- Raw themes that a song has, or had. Not unique, for the same reason.
create table song_search.theme (
  key uuid not null,
  raw text not null,
  -- As the name of a tag, normalized; NULL for one that is none.
  name text
);
alter table song_search.theme enable row level security;
create index theme_key_idx on song_search.theme (key);

-- Sets of songs, as strings of bits: a set for each tag, theme and fact, and each stretch of 8192 places. How many of a
-- hundred thousand songs carry a tag is counted by looking at thirteen kilobytes. No writer writes here: it would wait for
-- whoever tags another song of the stretch. Writers note the song as changed. For songs that are noted, a search asks the tables
-- themselves, and now and then puts some of them into the sets (song_search.fold).
create table song_search.tag_songs (
  stretch integer not null,
  tag_id uuid not null,
  songs bit varying(8192) not null,
  constraint tag_songs_pkey primary key (stretch, tag_id)
);
alter table song_search.tag_songs enable row level security;
create index tag_songs_tag_id_idx on song_search.tag_songs (tag_id, stretch);

-- The same song by song: a few thousand songs are counted in less time than all sets.
create table song_search.song_tag_ids (
  n integer not null,
  tag_ids uuid[] not null,
  constraint song_tag_ids_pkey primary key (n)
);
alter table song_search.song_tag_ids enable row level security;

-- Of songs that had no state when they were put here, by what they have written. It holds on when a batch migrates them:
-- themes of the run that stands lead where their links do. What else happens to them is noted.
create table song_search.theme_songs (
  stretch integer not null,
  theme uuid not null,
  songs bit varying(8192) not null,
  constraint theme_songs_pkey primary key (stretch, theme)
);
alter table song_search.theme_songs enable row level security;

-- What themes yield, as it was last worked out, and by that the songs of these sets for each tag that they are not linked to.
-- That takes a look at every theme and all of their sets, which is many times what else a search does.
create table song_search.yields (
  theme uuid not null,
  tag_id uuid not null,
  constraint yields_pkey primary key (theme, tag_id)
);
alter table song_search.yields enable row level security;

create table song_search.yielded_songs (
  stretch integer not null,
  tag_id uuid not null,
  songs bit varying(8192) not null,
  constraint yielded_songs_pkey primary key (stretch, tag_id)
);
alter table song_search.yielded_songs enable row level security;
create index yielded_songs_tag_id_idx on song_search.yielded_songs (tag_id, stretch);

-- Since then themes may have come to yield something else. Only ever added to, so that nobody waits.
create table song_search.yields_changed (at timestamptz not null default now());
alter table song_search.yields_changed enable row level security;

-- Both kinds of sets of songs with a tag: no song is in both under the same one.
create view song_search.tagged_songs with (security_invoker = on) as
  select t.stretch, t.tag_id, t.songs, false as is_yielded from song_search.tag_songs as t
  union all
  select y.stretch, y.tag_id, y.songs, true from song_search.yielded_songs as y;

-- A fact is a code times 100,000. 0: there is such a song. 1 to 42: a key. 100 + a difficulty. 200 + a twentieth of a tempo.
-- 300 + a category of a tag. 1000 + a tempo. Key, difficulty and tempo are asked of one arrangement: the different ones of a
-- song are counted, and the number of each, from 1, is added to its codes.
create table song_search.fact_songs (
  stretch integer not null,
  fact integer not null,
  songs bit varying(8192) not null,
  constraint fact_songs_pkey primary key (stretch, fact)
);
alter table song_search.fact_songs enable row level security;
create index fact_songs_fact_idx on song_search.fact_songs (fact, stretch);

-- Songs of which tags, themes or facts may have changed since they were put into the sets. Only ever added to, so that nobody
-- waits.
create table song_search.changed (
  song_id uuid,
  -- Of one that is gone.
  n integer
);
alter table song_search.changed enable row level security;

do $$
begin
  -- For bit_or, each song would be a string of bits of its own first.
  execute format(
    'create aggregate song_search.bits(integer, integer) (sfunc = pg_catalog.set_bit, stype = bit, initcond = %L, parallel = safe)',
    repeat('0', 8192)
  );
end
$$;
comment on aggregate song_search.bits(integer, integer) is 'The set of these places: bits(n % 8192, 1).';

create function song_search.key_code(p_key text) returns smallint
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return case when p_key ~ '^[A-G](#|b)?m?$'
    then (ascii(p_key) - 65) * 6 + case substr(p_key, 2, 1) when '#' then 2 when 'b' then 1 else 0 end * 2
      + case when right(p_key, 1) = 'm' then 1 else 0 end + 1 end::smallint;
end
$$;

create function song_search.key_name(p_code integer) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return chr(65 + (p_code - 1) / 6) || (array['', 'b', '#'])[(p_code - 1) % 6 / 2 + 1]
    || case when (p_code - 1) % 2 = 1 then 'm' else '' end;
end
$$;

-- Writing systems without spaces between words are searched by each character and each pair of neighbours.
create function song_search.words_of(p_folded text) returns text[]
language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
  v_text text collate "C" := p_folded;
begin
  if octet_length(v_text) = char_length(v_text) and v_text !~ '[^ ]{61}' then
    -- Folded, it has single spaces.
    return string_to_array(v_text, ' ');
  end if;
  v_text := regexp_replace(
    v_text,
    '([\u0E00-\u0FFF\u1000-\u109F\u1780-\u17FF\u2E80-\u2FDF\u3005-\u3007\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0003134F]+)',
    E' \u0001\\1 ', 'g'
  );
  return array(
    select p.word from string_to_table(v_text, ' ') with ordinality as w (word, place)
    cross join lateral (
      select left(w.word, 60) as word, 0 as at where not starts_with(w.word, E'\u0001')
      union all
      -- Cut once: to look for each place from the beginning takes seconds with a long text.
      select u.word, c.at
      from (
        select c.character, lead(c.character) over (order by c.at) as next, c.at
        from string_to_table(substr(w.word, 2), null) with ordinality as c (character, at) where starts_with(w.word, E'\u0001')
      ) as c
      cross join lateral (values (c.character), (c.character || c.next)) as u (word)
      where u.word is not null
    ) as p
    where w.word <> ''
    order by w.place, p.at, char_length(p.word)
  );
end
$$;

-- Lyrics of any length are accepted; so many characters of them are searched.
create function song_search.tidy_lines(p_lyrics text) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return replace(replace(left(p_lyrics, 20000), E'\r\n', E'\n'), E'\r', E'\n');
end
$$;

create function song_search.fold_lyrics(p_lyrics text) returns text
language sql immutable parallel safe set search_path = ''
-- Folded in one piece, which is many times faster than line by line; the mark between the lines stays as it is.
return public.normalize_tag_name(replace(replace(song_search.tidy_lines(p_lyrics), '^', ' '), E'\n', ' ^ '));

create function song_search.vector(p_words text[]) returns tsvector
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return array_to_tsvector(array_remove(array_remove(p_words, '^'), ''));
end
$$;

create function song_search.vector(p_title text[], p_artist text[], p_lyrics text[]) returns tsvector
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return song_search.vector(
    p_title || p_artist || p_lyrics
    || array(select 'T' || w.word from unnest(p_title) as w (word))
    || array(select 'N' || w.word from unnest(p_title || p_artist) as w (word))
  );
end
$$;

-- What is to be sorted into the index of words waits in a list that every search reads, so it is kept short. Many songs at once
-- are sorted in at the end: piece by piece that takes several times as long.
create function song_search.index_songs(p_songs uuid[]) returns void
language plpgsql set search_path = '' set gin_pending_list_limit = '64kB'
as $$
begin
  if cardinality(p_songs) > 200 then
    perform set_config('gin_pending_list_limit', '64MB', true);
  end if;
  with part as materialized (
    select s.id, least(greatest(s.created_at, '1900-01-01'), '2200-01-01') as created_at,
      left(public.normalize_tag_name(s.title), 200) as title_key,
      song_search.words_of(public.normalize_tag_name(s.title)) as title,
      coalesce(song_search.words_of(public.normalize_tag_name(left(s.artist, 1000))), '{}') as artist,
      coalesce(song_search.words_of(l.lines), '{}') as lyrics, rpad(l.lines, greatest(char_length(l.lines), 2048)) as lines
    from public.songs as s cross join lateral (select coalesce(song_search.fold_lyrics(s.lyrics), '') as lines offset 0) as l
    where s.id = any (p_songs)
  ), kept as (
    insert into song_search.song as k (song_id, title_key, created_at)
    select p.id, p.title_key, p.created_at from part as p order by p.id
    on conflict (song_id) do update set title_key = excluded.title_key, created_at = excluded.created_at
    returning k.n, k.song_id
  ), worded as (
    insert into song_search.words as w (n, words, lines)
    select k.n, song_search.vector(p.title, p.artist, p.lyrics), p.lines from kept as k join part as p on p.id = k.song_id
    order by k.n
    on conflict (n) do update set words = excluded.words, lines = excluded.lines
  )
  insert into song_search.title_word (word)
  select distinct t.word from part as p cross join lateral unnest(p.title) as t (word)
  where char_length(t.word) > 3 and not exists (select from song_search.title_word as o where o.word = t.word);
  if cardinality(p_songs) > 200 then
    perform gin_clean_pending_list('song_search.words_idx');
  end if;
end
$$;

-- The themes of songs as they are written now, wherever that is. One that no state could hold is nobody's tag.
create function song_search.index_themes(p_songs uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into song_search.theme (key, raw, name)
  select md5(d.raw)::uuid, d.raw,
    case when char_length(c.name) between 1 and 50 and not public.is_blank_tag_name(c.name) then public.normalize_tag_name(c.name) end
  from (
    select distinct e.raw from tag_migration.song_themes as s cross join lateral unnest(s.themes) as e (raw)
    where s.id = any (p_songs) and e.raw is not null
  ) as d
  cross join lateral (select tag_migration.tidy_name(d.raw) as name) as c
  where not exists (select from song_search.theme as o where o.key = md5(d.raw)::uuid);
  if found then
    insert into song_search.yields_changed default values;
  end if;
  with followed as (
    update song_search.song as k set themes = d.themes
    from (
      select s.id, coalesce(array_agg(distinct md5(e.raw)::uuid) filter (where e.raw is not null), '{}') as themes
      from tag_migration.song_themes as s
      -- As a condition of the join it would be asked for every theme, and each time all of them would be unpacked.
      left join lateral unnest(case when tag_migration.can_hold(s.themes) then s.themes end) as e (raw) on true
      where s.id = any (p_songs) group by s.id
    ) as d
    where k.song_id = d.id and k.themes <> d.themes
    returning k.song_id
  )
  insert into song_search.changed (song_id) select f.song_id from followed as f;
end
$$;

create function song_search.follow_new_songs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.index_songs(array(select a.id from added as a));
  perform song_search.index_themes(array(select a.id from added as a));
  perform song_search.note(array(select a.id from added as a));
  return null;
end
$$;
create trigger index_new_songs after insert on public.songs
  referencing new table as added for each statement execute function song_search.follow_new_songs();

create function song_search.follow_song() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.index_songs(array[new.id]);
  return null;
end
$$;
create trigger index_song after update on public.songs for each row
  when ((old.title, old.artist, old.lyrics, old.created_at) is distinct from (new.title, new.artist, new.lyrics, new.created_at))
  execute function song_search.follow_song();

create function song_search.follow_themes() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_keys uuid[] := array(select distinct md5(e.raw)::uuid from unnest(new.themes) as e (raw) where e.raw is not null order by 1);
begin
  if cardinality(new.themes) > 100 or exists (
    select from unnest(v_keys) as u (key) where not exists (select from song_search.theme as o where o.key = u.key)
  ) then
    perform song_search.index_themes(array[new.id]);
    return null;
  end if;
  -- What nearly every edit comes to.
  update song_search.song as k set themes = v_keys where k.song_id = new.id and k.themes <> v_keys;
  if found then
    insert into song_search.changed (song_id) values (new.id);
  end if;
  return null;
end
$$;
-- Apart, since it goes and returns with the column.
create trigger index_themes after update on public.songs for each row
  when (old.themes is distinct from new.themes) execute function song_search.follow_themes();

-- While the column is away, the states say what it would be. Batches add states and change none.
create function song_search.follow_states() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- As long as the column is there, it says so itself.
  if exists (select from tag_migration.contract as c where c.phase in ('dropped', 'returning')) then
    perform song_search.index_themes(array(select c.song_id from changed as c));
  end if;
  return null;
end
$$;
create trigger index_states after update on tag_migration.song_state
  referencing new table as changed for each statement execute function song_search.follow_states();

create function song_search.note_deleted_songs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into song_search.changed (n) select d.n from deleted as d;
  return null;
end
$$;
create trigger note_deleted_songs after delete on song_search.song
  referencing old table as deleted for each statement execute function song_search.note_deleted_songs();

create function song_search.empty_sets() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  truncate song_search.tag_songs, song_search.song_tag_ids, song_search.theme_songs, song_search.yielded_songs, song_search.fact_songs,
    song_search.changed, song_search.backlog;
  return null;
end
$$;
create trigger empty_sets after truncate on song_search.song for each statement execute function song_search.empty_sets();

-- Whoever writes many songs at once puts them into the sets, too: a search is not to find thousands of notes.
create function song_search.note(p_songs uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into song_search.changed (song_id) select distinct u.id from unnest(p_songs) as u (id);
  if cardinality(p_songs) > 200 and current_setting('tag_migration.engine', true) is distinct from 'on' then
    perform song_search.fold(200);
  end if;
end
$$;

create function song_search.note_links() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.note(array(select distinct l.song_id from linked as l));
  return null;
end
$$;
-- Not for the engine: what a batch links, the songs' themes have said before.
create trigger note_new_links after insert on public.song_tags
  referencing new table as linked for each statement
  when (current_setting('tag_migration.engine', true) is distinct from 'on') execute function song_search.note_links();
create trigger note_removed_links after delete on public.song_tags
  referencing old table as linked for each statement execute function song_search.note_links();
-- A merge, and what undoes it, give links another tag.
create trigger note_moved_links after update on public.song_tags
  referencing new table as linked for each statement execute function song_search.note_links();

-- A rollback was there.
create function song_search.note_removed_states() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.note(array(select r.song_id from removed as r));
  return null;
end
$$;
create trigger note_removed_states after delete on tag_migration.song_state
  referencing old table as removed for each statement execute function song_search.note_removed_states();

-- Songs that the tag was merged into may get it back, beside links that stay.
create function song_search.note_unmerged() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.note(array(select l.song_id from public.song_tags as l where l.tag_id = old.merged_into));
  return null;
end
$$;
create trigger note_unmerged after update on public.tags for each row
  when (old.merged_into is not null and old.merged_into is distinct from new.merged_into)
  execute function song_search.note_unmerged();

create function song_search.note_moved_tag() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.note(array(select l.song_id from public.song_tags as l where l.tag_id = new.id));
  return null;
end
$$;
create trigger note_moved_tag after update on public.tags for each row
  when (old.category is distinct from new.category) execute function song_search.note_moved_tag();

-- What an earlier run migrated, the plan of this one may read differently.
create function song_search.note_earlier_runs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from song_search.theme_songs) then
    perform song_search.note(array(select st.song_id from tag_migration.song_state as st));
  end if;
  return null;
end
$$;
create trigger note_earlier_runs after insert on tag_migration.run
  for each row execute function song_search.note_earlier_runs();

-- What decides about themes: names and synonyms, tags that are merged or gone, the plan, and the run that stands.
create function song_search.note_yields() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into song_search.yields_changed default values;
  return null;
end
$$;
create trigger note_yields after insert or update or delete or truncate on public.tag_names
  for each statement execute function song_search.note_yields();
create trigger note_yields after update of merged_into or delete or truncate on public.tags
  for each statement execute function song_search.note_yields();
create trigger note_yields after insert or update or delete or truncate on tag_migration.run_theme
  for each statement execute function song_search.note_yields();
create trigger note_yields after insert or update or delete or truncate on tag_migration.plan_theme
  for each statement execute function song_search.note_yields();
create trigger note_yields after insert or update of status or delete or truncate on tag_migration.run
  for each statement execute function song_search.note_yields();
create trigger note_yields after update on tag_migration.sync
  for each statement execute function song_search.note_yields();

create function song_search.note_all_songs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into song_search.changed (song_id) select k.song_id from song_search.song as k;
  return null;
end
$$;
create trigger note_all_songs after truncate on public.song_tags for each statement execute function song_search.note_all_songs();
create trigger note_all_songs after truncate on public.arrangements
  for each statement execute function song_search.note_all_songs();

create function song_search.note_arrangements() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.note(array(select distinct t.song_id from touched as t));
  return null;
end
$$;
create trigger note_new_arrangements after insert on public.arrangements
  referencing new table as touched for each statement execute function song_search.note_arrangements();
create trigger note_removed_arrangements after delete on public.arrangements
  referencing old table as touched for each statement execute function song_search.note_arrangements();
-- Both: an arrangement may be given to another song.
create trigger note_changed_arrangements after update on public.arrangements
  referencing new table as touched for each statement execute function song_search.note_arrangements();
create trigger note_left_arrangements after update on public.arrangements
  referencing old table as touched for each statement execute function song_search.note_arrangements();

-- The facts of songs at these places, each with its songs. Keys and categories are put into numbers once each: a function for every
-- arrangement and link would take most of the time.
create function song_search.facts_of(p_places integer[]) returns table (stretch integer, fact integer, songs bit varying)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with arranged as materialized (
    select distinct k.n, r.key, r.difficulty, r.tempo
    from song_search.song as k join public.arrangements as r on r.song_id = k.song_id
    where k.n = any (p_places)
  ), keys as materialized (
    select u.key, song_search.key_code(u.key) as code from (select distinct a.key from arranged as a) as u
  ), categories as materialized (
    select c.category, song_search.category_fact(c.category) as fact from unnest(enum_range(null::public.tag_category)) as c (category)
  )
  select f.n / 8192, f.fact, song_search.bits(f.n % 8192, 1)::bit varying
  from (
    select k.n, 0 as fact from song_search.song as k where k.n = any (p_places)
    union all
    select d.n, u.code * 100000 + d.layer
    from (
      select a.n, a.key, a.difficulty, a.tempo, row_number() over (partition by a.n order by a.key, a.difficulty, a.tempo)::integer as layer
      from (
        select distinct r.n, k.code as key, r.difficulty, r.tempo
        from arranged as r left join keys as k on k.key = r.key
      ) as a
    ) as d
    cross join lateral unnest(array[d.key, 100 + d.difficulty, 200 + d.tempo / 20, 1000 + d.tempo]) as u (code)
    where u.code is not null
    union
    select k.n, c.fact
    from song_search.song as k join public.song_tags as l on l.song_id = k.song_id join public.tags as t on t.id = l.tag_id
    join categories as c on c.category = t.category
    where k.n = any (p_places)
  ) as f
  group by f.n / 8192, f.fact;
end
$$;

create function song_search.category_fact(p_category public.tag_category) returns integer
language sql immutable parallel safe set search_path = ''
return (300 + array_position(enum_range(null::public.tag_category), p_category)) * 100000;

create function song_search.none() returns bit varying
language sql immutable parallel safe set search_path = ''
return repeat('0', 8192)::bit varying;

-- The places that sets by stretch hold: the ones of a string stand where it is cut at each of them.
create function song_search.places(p_songs bit varying[]) returns integer[]
language plpgsql immutable set search_path = ''
as $$
declare
  v_places integer[] := '{}'::integer[];
  v_place integer;
  v_zeros text;
begin
  for v_stretch in 1..coalesce(cardinality(p_songs), 0) loop
    continue when bit_count(p_songs[v_stretch]) = 0;
    v_place := (v_stretch - 1) * 8192 - 1;
    foreach v_zeros in array string_to_array(p_songs[v_stretch]::text, '1') loop
      v_place := v_place + octet_length(v_zeros) + 1;
      v_places := v_places || v_place;
    end loop;
    -- Behind the last zeros there is no one.
    v_places := trim_array(v_places, 1);
  end loop;
  return v_places;
end
$$;

-- Puts some songs of a stretch into one kind of sets. p_fresh are those that hold any of them now; in the others none of them is.
-- Joined by hashes: of a stretch that is new the planner expects one set, and there may be thousands.
create function song_search.fold_sets(
  p_table regclass, p_column text, p_stretch integer, p_touched bit varying, p_keys text[], p_fresh bit varying[]
) returns void
language plpgsql set search_path = '' set enable_nestloop = off
as $$
begin
  execute format(
    'with fresh as materialized (
       select u.key::%3$s as key, u.songs from unnest($3, $4) as u (key, songs)
     ), known as materialized (
       select t.%2$I as key, t.songs & ~ $2 | coalesce(f.songs, song_search.none()) as songs
       from %1$s as t left join fresh as f on f.key = t.%2$I
       where t.stretch = $1 and (f.key is not null or bit_count(t.songs & $2) > 0)
     ), emptied as (
       delete from %1$s as t using known as k where t.stretch = $1 and t.%2$I = k.key and bit_count(k.songs) = 0
     ), changed as (
       update %1$s as t set songs = k.songs from known as k
       where t.stretch = $1 and t.%2$I = k.key and bit_count(k.songs) > 0 and t.songs <> k.songs
     )
     insert into %1$s (stretch, %2$I, songs) select $1, f.key, f.songs from fresh as f
     where not exists (select from known as k where k.key = f.key)',
    p_table, p_column, (
      select format_type(a.atttypid, null) from pg_catalog.pg_attribute as a where a.attrelid = p_table and a.attname = p_column
    )
  ) using p_stretch, p_touched, p_keys, p_fresh;
end
$$;

create function song_search.fold_stretch(p_stretch integer, p_touched bit varying) returns void
language plpgsql set search_path = ''
as $$
declare
  v_places integer[] := array(select p_stretch * 8192 + p.place from unnest(song_search.places(array[p_touched])) as p (place));
begin
  perform song_search.fold_sets('song_search.tag_songs', 'tag_id', p_stretch, p_touched, array_agg(f.tag_id::text), array_agg(f.songs))
  from (
    select l.tag_id, song_search.bits(k.n % 8192, 1)::bit varying as songs
    from song_search.song as k join public.song_tags as l on l.song_id = k.song_id
    where k.n = any (v_places) group by l.tag_id
  ) as f;
  with fresh as materialized (
    select k.n, array_agg(l.tag_id order by l.tag_id) as tag_ids
    from song_search.song as k join public.song_tags as l on l.song_id = k.song_id
    where k.n = any (v_places) group by k.n
  ), emptied as (
    delete from song_search.song_tag_ids as o where o.n = any (v_places) and not exists (select from fresh as f where f.n = o.n)
  )
  insert into song_search.song_tag_ids as o (n, tag_ids) select f.n, f.tag_ids from fresh as f
  on conflict (n) do update set tag_ids = excluded.tag_ids where o.tag_ids <> excluded.tag_ids;
  perform song_search.fold_sets('song_search.theme_songs', 'theme', p_stretch, p_touched, array_agg(f.theme::text), array_agg(f.songs))
  from (
    select u.theme, song_search.bits(k.n % 8192, 1)::bit varying as songs
    from song_search.song as k cross join lateral unnest(k.themes) as u (theme)
    where k.n = any (v_places)
      and not exists (select from tag_migration.song_state as st where st.song_id = k.song_id)
    group by u.theme
  ) as f;
  perform song_search.fold_sets(
    'song_search.yielded_songs', 'tag_id', p_stretch, p_touched, array_agg(f.tag_id::text), array_agg(f.songs)
  )
  from (
    select y.tag_id, song_search.bits(k.n % 8192, 1)::bit varying as songs
    from song_search.song as k cross join lateral unnest(k.themes) as u (theme) join song_search.yields as y on y.theme = u.theme
    where k.n = any (v_places)
      and not exists (select from tag_migration.song_state as st where st.song_id = k.song_id)
      and not exists (select from public.song_tags as l where l.song_id = k.song_id and l.tag_id = y.tag_id)
    group by y.tag_id
  ) as f;
  perform song_search.fold_sets('song_search.fact_songs', 'fact', p_stretch, p_touched, array_agg(f.fact::text), array_agg(f.songs))
  from song_search.facts_of(v_places) as f;
end
$$;

-- Songs that were there before there was a search: from which id on they are still to be indexed. No row: all are.
create table song_search.backlog (next uuid not null);
alter table song_search.backlog enable row level security;

-- Indexes some of them, unless somebody else is at it. Returns whether there are more.
create function song_search.index_backlog(p_songs integer) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_next uuid;
  v_songs uuid[];
begin
  select b.next into v_next from song_search.backlog as b for update skip locked;
  if v_next is null then
    return exists (select from song_search.backlog);
  end if;
  v_songs := array(select s.id from public.songs as s where s.id >= v_next order by s.id limit greatest(p_songs, 2));
  -- Whoever is writing one of them has finished, or waits, before it is read.
  perform from public.songs as s where s.id = any (v_songs) order by s.id for no key update;
  perform song_search.index_songs(v_songs);
  perform song_search.index_themes(v_songs);
  perform song_search.note(v_songs);
  if cardinality(v_songs) < greatest(p_songs, 2) then
    delete from song_search.backlog;
    return false;
  end if;
  update song_search.backlog set next = v_songs[cardinality(v_songs)];
  return true;
end
$$;

-- Works out anew what themes yield, and the sets of the tags for which that is something else now.
create function song_search.work_out_yields() returns void
language plpgsql set search_path = '' set enable_nestloop = off
as $$
declare
  v_tags uuid[];
begin
  delete from song_search.yields_changed;
  with live as materialized (
    select y.theme, y.tag_id from song_search.theme_tags() as y
  ), gone as (
    delete from song_search.yields as o
    where not exists (select from live as l where l.theme = o.theme and l.tag_id = o.tag_id) returning o.tag_id
  ), come as (
    insert into song_search.yields (theme, tag_id)
    select l.theme, l.tag_id from live as l
    where not exists (select from song_search.yields as o where o.theme = l.theme and o.tag_id = l.tag_id) returning tag_id
  )
  select array_agg(distinct c.tag_id) into v_tags
  from (select g.tag_id from gone as g union all select c.tag_id from come as c) as c;
  if v_tags is null then
    return;
  end if;
  with written as materialized (
    select s.stretch, y.tag_id, bit_or(s.songs) as songs
    from song_search.yields as y join song_search.theme_songs as s on s.theme = y.theme
    where y.tag_id = any (v_tags) group by s.stretch, y.tag_id
  ), fresh as materialized (
    select w.stretch, w.tag_id, w.songs & ~ coalesce(t.songs, song_search.none()) as songs
    from written as w left join song_search.tag_songs as t on t.stretch = w.stretch and t.tag_id = w.tag_id
  ), emptied as (
    delete from song_search.yielded_songs as o where o.tag_id = any (v_tags) and not exists (
      select from fresh as f where f.stretch = o.stretch and f.tag_id = o.tag_id and bit_count(f.songs) > 0
    )
  )
  insert into song_search.yielded_songs as o (stretch, tag_id, songs)
  select f.stretch, f.tag_id, f.songs from fresh as f where bit_count(f.songs) > 0
  on conflict (stretch, tag_id) do update set songs = excluded.songs where o.songs <> excluded.songs;
end
$$;

-- Whether songs without a state have written anything: by the sets, or among those that are noted.
create function song_search.is_themed(p_places integer[]) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return exists (select from song_search.theme_songs) or exists (
    select from song_search.song as k where k.n = any (p_places) and k.themes <> '{}'
      and not exists (select from tag_migration.song_state as st where st.song_id = k.song_id)
  );
end
$$;

-- What a search does for the next ones, if nobody else is at it. Works out what themes yield when that may have changed and there
-- are some; puts noted songs of one stretch into the sets when there are more notes than that; and after a migration, when there are
-- not, songs of one stretch that still stand there by their themes.
create function song_search.fold(p_most integer default 500) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_stretch integer;
  v_notes tid[];
  v_touched bit varying;
begin
  -- An older snapshot would undo what somebody else has put in since.
  if current_setting('transaction_read_only') = 'on' or current_setting('transaction_isolation') <> 'read committed' then
    return;
  end if;
  if exists (select from song_search.backlog) then
    perform song_search.index_backlog(200);
  end if;
  if exists (select from song_search.yields_changed) and song_search.is_themed(array(
    select k.n from song_search.changed as g join song_search.song as k on k.song_id = g.song_id
  )) then
    if not pg_try_advisory_xact_lock(20250206) then
      return;
    end if;
    perform song_search.work_out_yields();
  end if;
  if (select count(*) from (select from song_search.changed limit p_most + 1) as c) > p_most then
    if not pg_try_advisory_xact_lock(20250206) then
      return;
    end if;
    select c.stretch, array_agg(c.note), song_search.bits(greatest(c.n, 0) % 8192, 1) into v_stretch, v_notes, v_touched
    from (
      -- Of a song that is gone there is a second note, with its place.
      select coalesce(k.n, g.n, -1) as n, coalesce(k.n, g.n, -8192) / 8192 as stretch, g.ctid as note
      from song_search.changed as g left join song_search.song as k on k.song_id = g.song_id
    ) as c
    group by c.stretch order by count(*) desc limit 1;
    -- Notes first: what is written after this was read brings a note of its own.
    delete from song_search.changed as g where g.ctid = any (v_notes);
    if v_stretch >= 0 then
      perform song_search.fold_stretch(v_stretch, v_touched);
    end if;
  elsif exists (select from song_search.theme_songs) and (song_search.standing_run()).status = 'complete'
    and pg_try_advisory_xact_lock(20250206) then
    select t.stretch into v_stretch from song_search.theme_songs as t limit 1;
    perform song_search.fold_stretch(v_stretch, ~ song_search.none());
  elsif (select count(*) from (select from song_search.yields_changed limit 501) as c) > 500
    and pg_try_advisory_xact_lock(20250206) then
    -- Without themes only that there is a note matters. What is written after this was read stays.
    delete from song_search.yields_changed;
    insert into song_search.yields_changed default values;
  end if;
end
$$;

-- Who opened what on which day is kept for that day, so that it counts once; then only the number is left.
create table song_search.opening (
  song_id uuid not null references public.songs (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  day date not null default (now() at time zone 'utc')::date,
  constraint opening_pkey primary key (day, song_id, user_id)
);
alter table song_search.opening enable row level security;
create index opening_song_id_idx on song_search.opening (song_id);
create index opening_user_id_idx on song_search.opening (user_id);

create function public.song_opened(p_song uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if auth.uid() is null or not exists (select from public.songs as s where s.id = p_song) then
    return;
  end if;
  insert into song_search.opening (song_id, user_id) values (p_song, auth.uid()) on conflict do nothing;
  if not found then
    return;
  end if;
  update song_search.song as k set uses = k.uses + 1 where k.song_id = p_song;
  -- Of the days that are over, some at a time.
  delete from song_search.opening as o using (
    select p.day, p.song_id, p.user_id from song_search.opening as p where p.day < (now() at time zone 'utc')::date - 1
    limit 100 for update skip locked
  ) as past
  where o.day = past.day and o.song_id = past.song_id and o.user_id = past.user_id;
end
$$;
comment on function public.song_opened is
  'A signed-in person opened a song: counts once a day for each, towards "most used". Does nothing for others and for songs that are gone.';
-- A word as a query, quoted: what people type is never an operator.
create function song_search.term(p_word text, p_is_beginning boolean) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return '''' || replace(replace(p_word, '\', '\\'), '''', '''''') || '''' || case when p_is_beginning then ':*' else '' end;
end
$$;

-- What is looked for. All words are to be there; the last one is still being typed, unless white space follows it.
create function song_search.query(p_text text) returns tsquery
language plpgsql immutable set search_path = ''
as $$
begin
  return (
    select string_agg(song_search.term(w.word, w.place = cardinality(v.words) and p_text !~ '\s$'), ' & ')::tsquery
    from (select song_search.words_of(public.normalize_tag_name(p_text)) as words) as v
    cross join lateral unnest(v.words) with ordinality as w (word, place)
  );
end
$$;

-- The same, or in the title a word that is near. NULL when there is none.
create function song_search.near_query(p_text text) returns tsquery
language plpgsql stable set search_path = ''
as $$
declare
  v_words text[] := song_search.words_of(public.normalize_tag_name(p_text));
  v_query text;
  v_found boolean := false;
  v_near text[];
  v_is_last boolean;
begin
  -- Whoever pastes a verse has not misspelt a title.
  if cardinality(v_words) not between 1 and 10 then
    return null;
  end if;
  for v_place in 1..cardinality(v_words) loop
    v_is_last := v_place = cardinality(v_words);
    v_near := '{}';
    if char_length(v_words[v_place]) > 3 then
      v_near := array(
        select c.word
        from (
          select distinct t.word, extensions.similarity(t.word, v_words[v_place]) as share from song_search.title_word as t
          where t.word operator(extensions.%) v_words[v_place]
            or v_is_last and t.word operator(extensions.%>) v_words[v_place]
          order by share desc, t.word limit 40
        ) as c
        where c.word <> v_words[v_place] and (v_is_last or abs(char_length(c.word) - char_length(v_words[v_place])) < 3)
          and tag_catalog.letters_off(v_words[v_place], c.word) is not null
        limit 10
      );
    end if;
    v_found := v_found or v_near <> '{}';
    v_query := concat_ws(' & ', v_query, '(' || song_search.term(v_words[v_place], v_is_last) || coalesce(
      (select string_agg(' | ' || song_search.term('T' || n.word, false), '') from unnest(v_near) as n (word)), '') || ')');
  end loop;
  return case when v_found then v_query::tsquery end;
end
$$;

-- The tags of these ids as far as the caller sees them, each by the one that it was merged into.
create function song_search.known_tags(p_ids text[], p_hidden uuid[]) returns uuid[]
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select coalesce(array_agg(distinct r.id), '{}')
    from unnest(p_ids) as u (id)
    join public.tags as t on t.id = case when u.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then u.id::uuid end
    join public.tags as r on r.id = coalesce(t.merged_into, t.id)
    where not t.id = any (p_hidden) and not r.id = any (p_hidden)
  );
end
$$;

-- The run whose plan decides about themes: the latest that is not taken back.
create function song_search.standing_run() returns tag_migration.run
language plpgsql stable set search_path = ''
as $$
declare
  v_run tag_migration.run;
begin
  select r.* into v_run from tag_migration.sync as s join tag_migration.run as r on r.status <> 'rolled_back'
  where s.is_on order by r.started_at desc limit 1;
  return v_run;
end
$$;

-- What themes would yield if their songs were migrated now: roots. As tag_migration.find_tags, for all themes at once. Joined by
-- hashes, and nothing in arrays: while a migration fills its tables the planner takes them for empty, and would look at all tags for
-- each theme.
create function song_search.theme_tags() returns table (theme uuid, tag_id uuid)
language plpgsql stable set search_path = '' set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_run tag_migration.run := song_search.standing_run();
begin
  return query
  with planned as materialized (
    select h.key, t.tag_ids
    from song_search.theme as h join tag_migration.run_theme as t on t.raw_key = replace(h.key::text, '-', '') and t.raw = h.raw
    where t.run_id = v_run.id
  ), prepared as materialized (
    select p.key, g.id as tag_id from (select p.key, unnest(p.tag_ids) as tag_id from planned as p) as p
    join public.tags as g on g.id = p.tag_id
  ), final as materialized (
    select p.key from prepared as p union select p.key from planned as p where p.tag_ids = '{}'
  ), named as materialized (
    select h.key, q.tag_names
    from song_search.theme as h join tag_migration.plan_theme as q on q.raw_key = replace(h.key::text, '-', '') and q.raw = h.raw
    where q.plan_hash = v_run.plan_hash and not exists (select from planned as p where p.key = h.key)
  ), names as materialized (
    -- Many themes share a name, and to fold one takes longer than to find it.
    select u.name, public.normalize_tag_name(u.name) as normalized_name
    from (select distinct unnest(n.tag_names) as name from named as n) as u
  ), yielded as (
    select p.key, p.tag_id from prepared as p
    union
    select n.key, k.tag_id
    from (select n.key, unnest(n.tag_names) as name from named as n) as n
    join names as w on w.name = n.name join public.tag_names as k on k.normalized_name = w.normalized_name
    union
    select h.key, k.tag_id from song_search.theme as h join public.tag_names as k on k.normalized_name = h.name
    where not exists (select from final as f where f.key = h.key)
      and not exists (select from named as n where n.key = h.key)
  )
  select distinct y.key, coalesce(t.merged_into, t.id) from yielded as y join public.tags as t on t.id = y.tag_id;
end
$$;

-- Where a page ended: the sort that it belongs to and the values of its last song.
create function song_search.read_cursor(p_after text, p_sort text) returns jsonb
language plpgsql immutable set search_path = ''
as $$
declare
  v_cursor jsonb;
begin
  if p_after is null then
    return null;
  end if;
  if char_length(p_after) <= 4000 then
    v_cursor := convert_from(decode(p_after, 'base64'), 'UTF8')::jsonb;
    if v_cursor ->> 'sort' = p_sort and jsonb_typeof(v_cursor -> 'key') = 'string' and (v_cursor ->> 'n')::integer is not null
      and (v_cursor ->> 'rank')::bigint between -9000000000000000 and 9000000000000000
      and (p_sort <> 'most_used' or (v_cursor ->> 'rank')::bigint between -2147483647 and 0) then
      return v_cursor;
    end if;
  end if;
  raise exception using errcode = 'PT400', message = 'This place in the results is not known: begin with the first page.';
exception when data_exception then
  raise exception using errcode = 'PT400', message = 'This place in the results is not known: begin with the first page.';
end
$$;

create function song_search.write_cursor(p_sort text, p_rank bigint, p_key text, p_n integer) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return (
    select replace(encode(convert_to(
      jsonb_build_object('sort', p_sort, 'rank', p_rank, 'key', p_key, 'n', p_n)::text, 'UTF8'), 'base64'), E'\n', '')
  );
end
$$;

create function song_search.is_blank(p_text text) returns boolean
language plpgsql immutable security definer set search_path = ''
as $$
begin
  return (
    select coalesce(public.normalize_tag_name(p_text), '') = ''
  );
end
$$;
-- What a search sees beside the sets, read once.
create type song_search.view as (
  stretches integer,
  -- Tags that the caller does not see.
  hidden uuid[],
  -- Places of songs that are not as the sets have them.
  changed integer[],
  -- By stretch: the songs for which the sets hold. NULL: for all.
  settled bit varying[],
  -- Parallel: sets that come on top, none of whose songs the sets have under the same tag.
  extra_stretch integer[],
  extra_tag uuid[],
  extra_songs bit varying[],
  -- The same of facts.
  extra_fact_stretch integer[],
  extra_fact integer[],
  extra_fact_songs bit varying[],
  -- Whether some of the tags are there by what songs have written, and whether the sets know what that yields.
  is_themed boolean,
  is_worked_out boolean
);

-- Rows of sets as an array by stretch, each stretch the union of its rows.
create function song_search.by_stretch(p_stretches integer, p_stretch integer[], p_songs bit varying[]) returns bit varying[]
language plpgsql immutable set search_path = ''
as $$
begin
  return array(
    select coalesce(bit_or(u.songs), song_search.none())
    from generate_series(0, p_stretches - 1) as g (stretch)
    left join unnest(p_stretch, p_songs) as u (stretch, songs) on u.stretch = g.stretch
    group by g.stretch order by g.stretch
  );
end
$$;

-- The set of these places by stretch. Of many by words of 64 first: an aggregate that sets bit after bit copies the string each
-- time. Of few that is less than all the words.
create function song_search.set_of(p_places integer[], p_stretches integer) returns bit varying[]
language plpgsql immutable set search_path = ''
as $$
begin
  if coalesce(cardinality(p_places), 0) < 500 * p_stretches then
    return array(
      select coalesce(s.songs, song_search.none())
      from generate_series(0, p_stretches - 1) as g (stretch)
      left join (
        select u.n / 8192 as stretch, song_search.bits(u.n % 8192, 1)::bit varying as songs
        from unnest(p_places) as u (n) group by u.n / 8192
      ) as s on s.stretch = g.stretch
      order by g.stretch
    );
  end if;
  return array(
    select string_agg(coalesce(w.bits, 0)::bit(64)::text, '' order by g.word)::bit varying
    from generate_series(0, p_stretches * 128 - 1) as g (word)
    left join (
      select u.n / 64 as word, bit_or(1::bigint << 63 - u.n % 64) as bits from unnest(p_places) as u (n) group by u.n / 64
    ) as w on w.word = g.word
    group by g.word / 128 order by g.word / 128
  );
end
$$;

create function song_search.look() returns song_search.view
language plpgsql stable set search_path = ''
as $$
declare
  v_view song_search.view;
  v_run tag_migration.run := song_search.standing_run();
begin
  v_view.hidden := public.banned_tags();
  v_view.changed := (
    select array_agg(distinct c.n) from (
      select k.n from song_search.changed as g join song_search.song as k on k.song_id = g.song_id
      union all
      select g.n from song_search.changed as g where g.n is not null
      union all
      -- Put aside by the run, a song carries what it is linked to.
      select k.n from tag_migration.quarantine as q join song_search.song as k on k.song_id = q.song_id where q.run_id = v_run.id
    ) as c
  );
  v_view.stretches := 1 + coalesce(greatest(
    (select max(k.n) from song_search.song as k), v_view.changed[cardinality(v_view.changed)],
    (select max(t.stretch) * 8192 from song_search.fact_songs as t)
  ), 0) / 8192;
  if v_view.changed is not null then
    v_view.settled := song_search.without(song_search.set_of(v_view.changed, v_view.stretches));
    select array_agg(f.stretch), array_agg(f.fact), array_agg(f.songs)
    into v_view.extra_fact_stretch, v_view.extra_fact, v_view.extra_fact_songs
    from song_search.facts_of(v_view.changed) as f;
  end if;
  v_view.is_themed := song_search.is_themed(v_view.changed);
  v_view.is_worked_out := v_view.is_themed and not exists (select from song_search.yields_changed);
  if v_view.is_themed then
    with yielding as materialized (
      select y.theme, y.tag_id from song_search.yields as y where v_view.is_worked_out
      union all
      select y.theme, y.tag_id from song_search.theme_tags() as y where not v_view.is_worked_out
    ), written as (
      select s.stretch, y.tag_id, bit_or(s.songs & coalesce(v_view.settled[s.stretch + 1], s.songs)) as songs
      from song_search.theme_songs as s join yielding as y on y.theme = s.theme
      where not v_view.is_worked_out
      group by s.stretch, y.tag_id
    ), live as (
      select k.n, l.tag_id from song_search.song as k join public.song_tags as l on l.song_id = k.song_id
      where k.n = any (v_view.changed)
      union
      select k.n, y.tag_id
      from song_search.song as k cross join lateral unnest(k.themes) as u (theme) join yielding as y on y.theme = u.theme
      where k.n = any (v_view.changed)
        and not exists (select from tag_migration.song_state as st where st.song_id = k.song_id)
        and not exists (select from tag_migration.quarantine as q where q.run_id = v_run.id and q.song_id = k.song_id)
    ), extra as (
      select w.stretch, w.tag_id, (w.songs & ~ coalesce(t.songs, song_search.none()))::bit varying as songs
      from written as w left join song_search.tag_songs as t on t.stretch = w.stretch and t.tag_id = w.tag_id
      union all
      select l.n / 8192, l.tag_id, song_search.bits(l.n % 8192, 1)::bit varying from live as l group by l.n / 8192, l.tag_id
    )
    select array_agg(e.stretch), array_agg(e.tag_id), array_agg(e.songs)
    into v_view.extra_stretch, v_view.extra_tag, v_view.extra_songs
    from extra as e where not e.tag_id = any (v_view.hidden);
  elsif v_view.changed is not null then
    select array_agg(e.stretch), array_agg(e.tag_id), array_agg(e.songs)
    into v_view.extra_stretch, v_view.extra_tag, v_view.extra_songs
    from (
      select k.n / 8192 as stretch, l.tag_id, song_search.bits(k.n % 8192, 1)::bit varying as songs
      from song_search.song as k join public.song_tags as l on l.song_id = k.song_id
      where k.n = any (v_view.changed) and not l.tag_id = any (v_view.hidden)
      group by k.n / 8192, l.tag_id
    ) as e;
  end if;
  return v_view;
end
$$;

create function song_search.both(p_one bit varying[], p_other bit varying[]) returns bit varying[]
language plpgsql immutable set search_path = ''
as $$
begin
  return array(select u.one & u.other from unnest(p_one, p_other) with ordinality as u (one, other, place) order by u.place);
end
$$;

create function song_search.without(p_songs bit varying[]) returns bit varying[]
language plpgsql immutable set search_path = ''
as $$
begin
  return array(select ~ u.songs from unnest(p_songs) with ordinality as u (songs, place) order by u.place);
end
$$;

create function song_search.size(p_songs bit varying[]) returns bigint
language plpgsql immutable set search_path = ''
as $$
begin
  -- A sum of bigint would be numeric, and slow.
  return (select coalesce(sum(bit_count(u.songs)::integer), 0) from unnest(p_songs) as u (songs));
end
$$;

-- The songs that carry any of these tags.
create function song_search.carrying(p_tags uuid[], p_view song_search.view) returns bit varying[]
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  return (
    select song_search.by_stretch(p_view.stretches, array_agg(c.stretch), array_agg(c.songs))
    from (
      select t.stretch, case when p_view.settled is null then t.songs else t.songs & p_view.settled[t.stretch + 1] end as songs
      from song_search.tagged_songs as t where t.tag_id = any (p_tags) and (not t.is_yielded or p_view.is_worked_out)
      union all
      select e.stretch, e.songs from unnest(p_view.extra_stretch, p_view.extra_tag, p_view.extra_songs) as e (stretch, tag_id, songs)
      where e.tag_id = any (p_tags)
    ) as c
  );
end
$$;

-- The sets of facts with these codes.
create function song_search.facts(p_low integer[], p_high integer[], p_view song_search.view)
returns table (stretch integer, code integer, layer integer, songs bit varying)
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
declare
  v_settled bit varying[] := p_view.settled;
begin
  return query
  select t.stretch, t.fact / 100000, t.fact % 100000,
    case when v_settled is null then t.songs else t.songs & v_settled[t.stretch + 1] end::bit varying
  from unnest(p_low, p_high) as u (low, high)
  join song_search.fact_songs as t on t.fact between u.low * 100000 and u.high * 100000 + 99999
  union all
  select e.stretch, e.fact / 100000, e.fact % 100000, e.songs
  from unnest(p_view.extra_fact_stretch, p_view.extra_fact, p_view.extra_fact_songs) as e (stretch, fact, songs)
  join unnest(p_low, p_high) as u (low, high) on e.fact between u.low * 100000 and u.high * 100000 + 99999;
end
$$;

-- The songs of each category and stretch. A song with a tag that is hidden has another one of the category, or it has not: of few
-- such songs the links tell, of many the tags' own sets.
create function song_search.categories(p_view song_search.view)
returns table (category public.tag_category, stretch integer, songs bit varying)
language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
  v_hiding bit varying[] := case when p_view.hidden <> '{}' then song_search.carrying(p_view.hidden, p_view) end;
  v_are_few boolean := v_hiding is null or song_search.size(v_hiding) < 3500;
  v_counted bit varying[] := case
    when v_hiding is null then p_view.settled
    when p_view.settled is null then song_search.without(v_hiding)
    else song_search.both(p_view.settled, song_search.without(v_hiding)) end;
begin
  return query
  select c.category, c.stretch, bit_or(c.songs)::bit varying
  from (
    select (enum_range(null::public.tag_category))[f.code - 300] as category, f.stretch,
      case when v_counted is null then f.songs else f.songs & v_counted[f.stretch + 1] end as songs
    from song_search.facts('{301}', '{399}', p_view) as f where v_are_few
    union all
    select t.category, k.n / 8192, song_search.bits(k.n % 8192, 1)::bit varying
    from song_search.song as k join public.song_tags as l on l.song_id = k.song_id join public.tags as t on t.id = l.tag_id
    where v_are_few and k.n = any ((select song_search.places(v_hiding))::integer[])
      and not t.id = any (p_view.hidden)
    group by t.category, k.n / 8192
    union all
    select t.category, s.stretch,
      case when p_view.settled is null then s.songs else s.songs & p_view.settled[s.stretch + 1] end
    from song_search.tagged_songs as s join public.tags as t on t.id = s.tag_id
    where (not v_are_few or s.is_yielded) and not t.id = any (p_view.hidden) and (not s.is_yielded or p_view.is_worked_out)
    union all
    select t.category, e.stretch, e.songs
    from unnest(p_view.extra_stretch, p_view.extra_tag, p_view.extra_songs) as e (stretch, tag_id, songs)
    join public.tags as t on t.id = e.tag_id
  ) as c
  group by c.category, c.stretch;
end
$$;

-- All songs that there are.
create function song_search.all_songs(p_view song_search.view) returns bit varying[]
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select song_search.by_stretch(p_view.stretches, array_agg(f.stretch), array_agg(f.songs))
    from song_search.facts('{0}', '{0}', p_view) as f
  );
end
$$;

-- Those of the songs in which the words are found. Few are looked at one by one: a word may be in every second song.
create function song_search.worded(p_query tsquery, p_songs bit varying[]) returns bit varying[]
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  if song_search.size(p_songs) < 500 then
    return song_search.set_of(array(
      select w.n from song_search.words as w
      -- The function: for the operator the index of words would be read after all.
      where w.n = any ((select song_search.places(p_songs))::integer[]) and ts_match_vq(w.words, p_query)
    ), cardinality(p_songs));
  end if;
  return array(
    select ('x' || string_agg(lpad(to_hex(coalesce(f.bits, 0)), 16, '0'), '' order by g.word))::bit varying & p_songs[g.word / 128 + 1]
    from generate_series(0, cardinality(p_songs) * 128 - 1) as g (word)
    left join (
      select w.n / 64 as word, bit_or(1::bigint << 63 - w.n % 64) as bits
      from song_search.words as w where w.words @@ p_query group by w.n / 64
    ) as f on f.word = g.word
    group by g.word / 128 order by g.word / 128
  );
end
$$;

-- Whether the words are found in any song.
create function song_search.is_found(p_query tsquery) returns boolean
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  return exists (select from song_search.words as w where w.words @@ p_query);
end
$$;

-- The same query for the words of titles (T) or of names (N), whatever was marked before.
create function song_search.marked(p_query tsquery, p_mark text) returns tsquery
language plpgsql immutable set search_path = ''
as $$
begin
  return regexp_replace(p_query::text, '''T?(([^'']|'''')+)''', '''' || p_mark || '\1''', 'g')::tsquery;
end
$$;

-- What a song's arrangement is to be, all of it the same one. NULL where it does not matter.
create type song_search.arrangement_filter as (
  keys smallint[], difficulty_from integer, difficulty_to integer, tempo_from integer, tempo_to integer
);

-- Parallel: for songs of a stretch and the arrangement of this number in each, where it is in a key, of a difficulty and of a
-- tempo that was asked for. NULL: nowhere.
create type song_search.fitting as (
  stretch integer[], layer integer[], by_key bit varying[], by_difficulty bit varying[], by_tempo bit varying[]
);

create function song_search.fit(p_filter song_search.arrangement_filter, p_view song_search.view) returns song_search.fitting
language plpgsql stable set search_path = ''
as $$
declare
  v_low integer[] := array[]::integer[];
  v_high integer[] := array[]::integer[];
  v_fitting song_search.fitting;
begin
  if p_filter.keys is not null then
    v_low := p_filter.keys;
    v_high := p_filter.keys;
  end if;
  if p_filter.difficulty_from <= p_filter.difficulty_to then
    v_low := v_low || 100 + p_filter.difficulty_from;
    v_high := v_high || 100 + p_filter.difficulty_to;
  end if;
  if p_filter.tempo_from <= p_filter.tempo_to then
    -- Twentieths that are asked for as a whole, and the tempos of the two that are not.
    v_low := v_low || array[1000 + p_filter.tempo_from, 200 + (p_filter.tempo_from + 19) / 20, 1000 + (p_filter.tempo_to + 1) / 20 * 20];
    v_high := v_high || array[
      1000 + least((p_filter.tempo_from + 19) / 20 * 20 - 1, p_filter.tempo_to), 199 + (p_filter.tempo_to + 1) / 20,
      1000 + case when p_filter.tempo_from <= (p_filter.tempo_to + 1) / 20 * 20 then p_filter.tempo_to else -1 end
    ];
  end if;
  select array_agg(a.stretch), array_agg(a.layer), array_agg(a.by_key), array_agg(a.by_difficulty), array_agg(a.by_tempo)
  into v_fitting
  from (
    select f.stretch, f.layer, bit_or(f.songs) filter (where f.code < 100) as by_key,
      bit_or(f.songs) filter (where f.code between 100 and 199) as by_difficulty,
      bit_or(f.songs) filter (where f.code >= 200) as by_tempo
    from song_search.facts(v_low, v_high, p_view) as f
    group by f.stretch, f.layer
  ) as a;
  return v_fitting;
end
$$;

-- The songs with an arrangement that meets all of the filter.
create function song_search.fitted(p_filter song_search.arrangement_filter, p_fitting song_search.fitting, p_stretches integer)
returns bit varying[]
language plpgsql immutable set search_path = ''
as $$
begin
  return (
    select song_search.by_stretch(p_stretches, array_agg(a.stretch), array_agg(a.songs))
    from (
      select f.stretch,
        case when p_filter.keys is null then ~ song_search.none() else f.by_key end
        & case when p_filter.difficulty_from is null then ~ song_search.none() else f.by_difficulty end
        & case when p_filter.tempo_from is null then ~ song_search.none() else f.by_tempo end as songs
      from unnest(p_fitting.stretch, p_fitting.layer, p_fitting.by_key, p_fitting.by_difficulty, p_fitting.by_tempo)
        as f (stretch, layer, by_key, by_difficulty, by_tempo)
    ) as a
    where a.songs is not null
  );
end
$$;

-- How many of the songs have each fact in an arrangement that meets the filter in everything else.
create function song_search.count_facts(
  p_songs bit varying[], p_filter song_search.arrangement_filter, p_fitting song_search.fitting, p_view song_search.view
) returns table (code integer, songs bigint)
language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
  v_key boolean := p_filter.keys is not null;
  v_difficulty boolean := p_filter.difficulty_from is not null;
  v_tempo boolean := p_filter.tempo_from is not null;
  -- Where nothing else matters.
  v_free boolean[] := array[not v_difficulty and not v_tempo, not v_key and not v_tempo, not v_key and not v_difficulty];
begin
  if song_search.size(p_songs) = 0 then
    return;
  end if;
  return query
  with other as materialized (
    select f.stretch, f.layer,
      array[
        case when v_difficulty and v_tempo then f.by_difficulty & f.by_tempo when v_difficulty then f.by_difficulty else f.by_tempo end,
        case when v_key and v_tempo then f.by_key & f.by_tempo when v_key then f.by_key else f.by_tempo end,
        case when v_key and v_difficulty then f.by_key & f.by_difficulty when v_key then f.by_key else f.by_difficulty end
      ] as songs
    from unnest(p_fitting.stretch, p_fitting.layer, p_fitting.by_key, p_fitting.by_difficulty, p_fitting.by_tempo)
      as f (stretch, layer, by_key, by_difficulty, by_tempo)
  )
  select c.code, sum(c.songs) as songs
  from (
    -- A song counts once for each of its facts, in however many arrangements it has it.
    select f.code, bit_count(p_songs[f.stretch + 1]
      & bit_or(case when v_free[f.code / 100 + 1] then f.songs else f.songs & o.songs[f.code / 100 + 1] end))::integer as songs
    from song_search.facts('{1}', '{299}', p_view) as f
    left join other as o on o.stretch = f.stretch and o.layer = f.layer
    group by f.stretch, f.code
  ) as c
  group by c.code
  having sum(c.songs) > 0;
end
$$;

-- Whether to walk through the order until enough songs are met, or to fetch them all and sort them.
create function song_search.are_many(p_songs bit varying[], p_limit integer) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return song_search.size(p_songs) ^ 2 > cardinality(p_songs) * 8192.0 * p_limit;
end
$$;

-- Songs by title, after one of them. What is sorted is written so that no index has its order: walking through all songs for
-- the sake of a few would be the alternative.
create function song_search.next_by_title(p_songs bit varying[], p_key text, p_n integer, p_limit integer)
returns table (n integer, key text)
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_sort = off
as $$
begin
  if song_search.are_many(p_songs, p_limit) then
    return query
    select k.n, k.title_key from song_search.song as k
    where (k.title_key, k.n) > (p_key collate "C", p_n) and get_bit(p_songs[k.n / 8192 + 1], k.n % 8192) = 1
    order by k.title_key, k.n limit p_limit;
  else
    return query
    select k.n, k.title_key from song_search.song as k
    where k.n = any ((select song_search.places(p_songs))::integer[])
      and (k.title_key || '', k.n) > (p_key collate "C", p_n)
    order by k.title_key || '', k.n limit p_limit;
  end if;
end
$$;

create function song_search.next_newest(p_songs bit varying[], p_time timestamptz, p_n integer, p_limit integer)
returns table (n integer, created_at timestamptz)
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_sort = off
as $$
begin
  if song_search.are_many(p_songs, p_limit) then
    return query
    select k.n, k.created_at from song_search.song as k
    where k.created_at <= p_time and (k.created_at < p_time or k.n > p_n) and get_bit(p_songs[k.n / 8192 + 1], k.n % 8192) = 1
    order by k.created_at desc, k.n limit p_limit;
  else
    return query
    select k.n, k.created_at from song_search.song as k
    where k.n = any ((select song_search.places(p_songs))::integer[])
      and (k.created_at + interval '0' < p_time or k.created_at = p_time and k.n > p_n)
    order by k.created_at + interval '0' desc, k.n limit p_limit;
  end if;
end
$$;

create function song_search.next_most_used(p_songs bit varying[], p_uses integer, p_key text, p_n integer, p_limit integer)
returns table (n integer, uses integer, key text)
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_sort = off
as $$
begin
  if song_search.are_many(p_songs, p_limit) then
    return query
    select k.n, k.uses, k.title_key from song_search.song as k
    where k.uses <= p_uses and (k.uses < p_uses or (k.title_key, k.n) > (p_key collate "C", p_n))
      and get_bit(p_songs[k.n / 8192 + 1], k.n % 8192) = 1
    order by k.uses desc, k.title_key, k.n limit p_limit;
  else
    return query
    select k.n, k.uses, k.title_key from song_search.song as k
    where k.n = any ((select song_search.places(p_songs))::integer[])
      and (k.uses < p_uses or k.uses = p_uses and (k.title_key, k.n) > (p_key collate "C", p_n))
    order by k.uses + 0 desc, k.title_key, k.n limit p_limit;
  end if;
end
$$;

-- By relevance, each by title: titles that begin with the text (0 and 1: that are the text comes first by itself), those with all words in the title (2),
-- in title and artist (3), and elsewhere (4). What a page needs no songs of is not looked for.
create function song_search.next_relevant(
  p_songs bit varying[], p_query tsquery, p_text text, p_rank bigint, p_key text, p_n integer, p_limit integer
) returns table (n integer, rank bigint, key text)
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
declare
  v_rest bit varying[] := p_songs;
  v_tier bit varying[];
  v_missing integer := p_limit;
  v_found integer;
begin
  for v_rank in 1..4 loop
    exit when song_search.size(v_rest) = 0;
    v_tier := v_rest;
    if v_rank < 4 then
      v_tier := case v_rank
        when 1 then song_search.both(v_rest, song_search.set_of(
          -- No character comes after this one.
          array(select k.n from song_search.song as k
            where k.title_key >= p_text collate "C" and k.title_key < p_text || U&'\+10FFFF' collate "C"),
          cardinality(p_songs)
        ))
        else song_search.worded(song_search.marked(p_query, case v_rank when 2 then 'T' else 'N' end), v_rest) end;
      v_rest := song_search.both(v_rest, song_search.without(v_tier));
    end if;
    continue when v_rank < p_rank;
    return query
    select t.n, case when t.key = p_text then 0 else v_rank end::bigint, t.key
    from song_search.next_by_title(
      v_tier, case when v_rank = p_rank or v_rank = 1 then p_key else '' end, case when v_rank = p_rank or v_rank = 1 then p_n else -1 end,
      v_missing
    ) as t;
    get diagnostics v_found = row_count;
    v_missing := v_missing - v_found;
    exit when v_missing <= 0;
  end loop;
end
$$;

-- The next songs in order. What sorts: a number, a text and the place.
create function song_search.page(
  p_songs bit varying[], p_query tsquery, p_text text, p_sort text, p_after jsonb, p_limit integer
) returns table (n integer, rank bigint, key text)
language plpgsql stable set search_path = ''
as $$
declare
  v_rank bigint := (p_after ->> 'rank')::bigint;
  v_key text := coalesce(p_after ->> 'key', '');
  v_n integer := coalesce((p_after ->> 'n')::integer, -1);
begin
  case p_sort
    when 'relevance' then
      return query select * from song_search.next_relevant(p_songs, p_query, p_text, coalesce(v_rank, 0), v_key, v_n, p_limit);
    when 'newest' then
      return query
      select o.n, - (extract(epoch from o.created_at) * 1000000)::bigint, ''
      from song_search.next_newest(
        p_songs, coalesce(timestamptz 'epoch' - v_rank * interval '1 microsecond', 'infinity'), v_n, p_limit
      ) as o;
    when 'most_used' then
      return query
      select o.n, - o.uses::bigint, o.key
      from song_search.next_most_used(p_songs, coalesce(- v_rank, 2147483647)::integer, v_key, v_n, p_limit) as o;
    else
      return query select o.n, 0::bigint, o.key from song_search.next_by_title(p_songs, v_key, v_n, p_limit) as o;
  end case;
end
$$;

-- How many of the songs carry each of these tags; NULL: any tag that the caller sees. The rows of a tag are to be added up. One
-- question after the other: a plan of all of them would be set up for each search, and most are not asked.
create function song_search.count_tags(p_songs bit varying[], p_tags uuid[], p_view song_search.view)
returns table (tag_id uuid, songs integer)
language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
  v_hidden uuid[] := p_view.hidden;
  v_settled bit varying[] := case when p_view.settled is null then p_songs else song_search.both(p_songs, p_view.settled) end;
begin
  if p_tags is not null then
    return query
    select s.tag_id, sum(bit_count(s.songs & v_settled[s.stretch + 1])::integer)::integer
    from song_search.tagged_songs as s
    where s.tag_id = any (p_tags) and not s.tag_id = any (v_hidden) and (not s.is_yielded or p_view.is_worked_out)
    group by s.tag_id;
  else
    -- A thousand sets of a stretch take as long as the tags of some four hundred songs.
    if song_search.size(p_songs) < 400 * cardinality(p_songs) then
      return query
      select u.tag_id, count(*)::integer
      from (
        select unnest(k.tag_ids) as tag_id from song_search.song_tag_ids as k
        where k.n = any ((select song_search.places(v_settled))::integer[])
      ) as u
      where not u.tag_id = any (v_hidden) group by u.tag_id;
    else
      return query
      select s.tag_id, sum(bit_count(s.songs & v_settled[s.stretch + 1])::integer)::integer
      from song_search.tag_songs as s
      where s.stretch = any (array(
        select w.place - 1 from unnest(v_settled) with ordinality as w (songs, place) where bit_count(w.songs) > 0
      )) and not s.tag_id = any (v_hidden)
      group by s.tag_id;
    end if;
    if p_view.is_worked_out then
      return query
      select s.tag_id, sum(bit_count(s.songs & w.songs)::integer)::integer
      from unnest(v_settled) with ordinality as w (songs, place) join song_search.yielded_songs as s on s.stretch = w.place - 1
      where bit_count(w.songs) > 0 and not s.tag_id = any (v_hidden) group by s.tag_id;
    end if;
  end if;
  if p_view.extra_tag is not null then
    return query
    select e.tag_id, bit_count(e.songs & p_songs[e.stretch + 1])::integer
    from unnest(p_view.extra_stretch, p_view.extra_tag, p_view.extra_songs) as e (stretch, tag_id, songs)
    where p_tags is null or e.tag_id = any (p_tags);
  end if;
end
$$;

-- Parallel: tags and how many songs carry each. least: of the one that is the fortieth, if there are so many.
create type song_search.tag_counts as (tag_ids uuid[], songs bigint[], least bigint);

-- The forty tags that most of the songs carry, those that as many carry as the last of them, and those that are to be kept.
create function song_search.top_tags(p_songs bit varying[], p_tags uuid[], p_kept uuid[], p_view song_search.view)
returns song_search.tag_counts
language plpgsql stable set search_path = ''
as $$
declare
  v_counts song_search.tag_counts;
begin
  if song_search.size(p_songs) = 0 then
    return v_counts;
  end if;
  with counted as materialized (
    select c.tag_id, sum(c.songs) as songs from song_search.count_tags(p_songs, p_tags, p_view) as c
    group by c.tag_id having sum(c.songs) > 0
  ), fortieth as materialized (
    select c.songs from counted as c order by c.songs desc offset 39 limit 1
  )
  select array_agg(c.tag_id), array_agg(c.songs), min(f.songs) into v_counts
  from counted as c left join fortieth as f on true
  where f.songs is null or c.songs >= f.songs or c.tag_id = any (p_kept);
  return v_counts;
end
$$;

-- The tags that songs which were found carry, too: forty, and those that were asked for. p_any: the songs without the filter by
-- any of some tags; NULL where there is none.
create function song_search.tag_facet(
  p_all bit varying[], p_any bit varying[], p_chosen uuid[], p_view song_search.view
) returns json
language plpgsql stable set search_path = ''
as $$
declare
  v_all song_search.tag_counts := song_search.top_tags(p_all, null, p_chosen, p_view);
  v_any song_search.tag_counts;
begin
  if p_any is not null then
    -- With forty that songs carry, no other one is shown; with fewer, those that follow are among the forty of p_any.
    v_any := song_search.top_tags(
      p_any, case when v_all.least is not null then p_chosen || v_all.tag_ids end, p_chosen || v_all.tag_ids, p_view
    );
  end if;
  return (
    with ranked as (
      select t.id, t.name, t.normalized_name, t.category, coalesce(c.songs, 0) as "all", coalesce(a.songs, c.songs, 0) as "any",
        row_number() over (order by coalesce(c.songs, 0) desc, coalesce(a.songs, 0) desc, t.name collate "C") as place
      from (select distinct u.id from unnest(v_all.tag_ids || v_any.tag_ids || p_chosen) as u (id)) as u join public.tags as t on t.id = u.id
      left join unnest(v_all.tag_ids, v_all.songs) as c (tag_id, songs) on c.tag_id = t.id
      left join unnest(v_any.tag_ids, v_any.songs) as a (tag_id, songs) on a.tag_id = t.id
      where c.songs > 0 or a.songs > 0 or t.id = any (p_chosen)
    )
    select coalesce(json_agg(json_build_object(
      'id', r.id, 'name', r.name, 'normalized_name', r.normalized_name, 'category', r.category, 'all', r."all", 'any', r."any"
    ) order by r.place), '[]')
    from ranked as r where r.place <= 40 or r.id = any (p_chosen)
  );
end
$$;

create type song_search.arrangement_facets as (keys json, difficulty json, tempo json);

create function song_search.arrangement_facets(
  p_songs bit varying[], p_filter song_search.arrangement_filter, p_fitting song_search.fitting, p_view song_search.view
) returns song_search.arrangement_facets
language plpgsql stable set search_path = ''
as $$
declare
  v_facets song_search.arrangement_facets;
begin
  select
    coalesce(json_agg(json_build_object('key', f.key, 'count', f.songs) order by f.key collate "C") filter (where f.code < 100), '[]'),
    coalesce(json_agg(json_build_object('difficulty', f.code - 100, 'count', f.songs) order by f.code)
      filter (where f.code between 100 and 199), '[]'),
    coalesce(json_agg(json_build_object('from', (f.code - 200) * 20, 'to', (f.code - 200) * 20 + 19, 'count', f.songs) order by f.code)
      filter (where f.code >= 200), '[]')
  into v_facets
  from (
    select c.code, c.songs, case when c.code < 100 then song_search.key_name(c.code) end as key
    from song_search.count_facts(p_songs, p_filter, p_fitting, p_view) as c offset 0
  ) as f;
  return v_facets;
end
$$;

-- What was found: the songs of the page in their order, how many there are, where the next page begins, and what was looked for.
create type song_search.found as (songs uuid[], total bigint, next text, is_near boolean, query tsquery, facets json);

-- Which songs they are, how many, and the facets. Definer: what is counted is what everybody may read, without the tags that
-- the caller does not see.
create function song_search.find(
  p_text text, p_all text[], p_any text[], p_none text[], p_categories text[], p_keys text[], p_difficulty_from integer,
  p_difficulty_to integer, p_tempo_from integer, p_tempo_to integer, p_sort text, p_after jsonb, p_limit integer,
  p_facets boolean
) returns song_search.found
language plpgsql stable security definer set search_path = ''
-- Few rows where many are expected, and neither worth a compilation nor workers of its own. What sets of songs are asked with
-- changes no plan: planning anew for each of them would take longer than the answer.
set jit = off set max_parallel_workers_per_gather = 0 set plan_cache_mode = force_generic_plan
as $$
declare
  v_view song_search.view := song_search.look();
  v_query tsquery := song_search.query(p_text);
  v_near tsquery;
  v_tags uuid[];
  v_chosen uuid[] := '{}'::uuid[];
  v_id text;
  v_filter song_search.arrangement_filter;
  v_fitting song_search.fitting;
  -- The songs that meet what no facet ever leaves out; of them, those that meet each of the other filters.
  v_base bit varying[];
  v_worded bit varying[];
  v_by_any bit varying[];
  v_by_category bit varying[];
  v_by_arrangement bit varying[];
  v_hits bit varying[];
  v_is_empty boolean;
  v_categories public.tag_category[];
  v_category_stretches integer[];
  v_category_songs bit varying[];
  -- The songs of the page and the first one after it, with what sorts them.
  v_page integer[];
  v_ranks bigint[];
  v_sort_keys text[];
  v_facets song_search.arrangement_facets;
  v_found song_search.found;
begin
  v_found.is_near := false;
  foreach v_id in array p_all loop
    v_tags := song_search.known_tags(array[v_id], v_view.hidden);
    v_chosen := v_chosen || v_tags;
    v_by_any := song_search.carrying(v_tags, v_view);
    v_base := case when v_base is null then v_by_any else song_search.both(v_base, v_by_any) end;
  end loop;
  v_base := coalesce(v_base, song_search.all_songs(v_view));
  if p_none <> '{}' then
    v_tags := song_search.known_tags(p_none, v_view.hidden);
    v_chosen := v_chosen || v_tags;
    v_base := song_search.both(v_base, song_search.without(song_search.carrying(v_tags, v_view)));
  end if;
  if v_query is not null then
    v_worded := song_search.worded(v_query, v_base);
    if song_search.size(v_worded) = 0 and not song_search.is_found(v_query) then
      v_found.is_near := true;
      v_near := song_search.near_query(p_text);
      if v_near is not null then
        v_query := v_near;
        v_worded := song_search.worded(v_query, v_base);
      end if;
    end if;
    v_base := v_worded;
  end if;
  v_by_any := v_base;
  if p_any <> '{}' then
    v_tags := song_search.known_tags(p_any, v_view.hidden);
    v_chosen := v_chosen || v_tags;
    v_by_any := song_search.both(v_base, song_search.carrying(v_tags, v_view));
  end if;
  v_is_empty := song_search.size(v_base) = 0;
  v_by_category := v_base;
  if (p_categories <> '{}' or p_facets) and not v_is_empty then
    select array_agg(c.category), array_agg(c.stretch), array_agg(c.songs)
    into v_categories, v_category_stretches, v_category_songs
    from song_search.categories(v_view) as c;
    if p_categories <> '{}' then
      v_by_category := song_search.both(v_base, (
        select song_search.by_stretch(v_view.stretches, array_agg(c.stretch), array_agg(c.songs))
        from unnest(v_categories, v_category_stretches, v_category_songs) as c (category, stretch, songs)
        where c.category::text = any (p_categories)
      ));
    end if;
  end if;
  if p_keys <> '{}' then
    v_filter.keys := array(
      select song_search.key_code(u.key) from unnest(p_keys) as u (key) where song_search.key_code(u.key) is not null
    );
  end if;
  if coalesce(p_difficulty_from, p_difficulty_to) is not null then
    v_filter.difficulty_from := least(greatest(coalesce(p_difficulty_from, 0), 0), 99);
    v_filter.difficulty_to := least(greatest(coalesce(p_difficulty_to, 99), -1), 99);
  end if;
  if coalesce(p_tempo_from, p_tempo_to) is not null then
    v_filter.tempo_from := least(greatest(coalesce(p_tempo_from, 0), 0), 999);
    v_filter.tempo_to := least(greatest(coalesce(p_tempo_to, 999), -1), 999);
  end if;
  v_by_arrangement := v_base;
  if not v_is_empty
    and (p_keys <> '{}' or coalesce(p_difficulty_from, p_difficulty_to, p_tempo_from, p_tempo_to) is not null) then
    v_fitting := song_search.fit(v_filter, v_view);
    v_by_arrangement := song_search.both(v_base, song_search.fitted(v_filter, v_fitting, v_view.stretches));
  end if;
  v_hits := song_search.both(song_search.both(v_by_any, v_by_category), v_by_arrangement);
  v_found.total := song_search.size(v_hits);
  v_found.query := v_query;
  v_found.songs := '{}';
  if v_found.total > 0 then
    select array_agg(p.n), array_agg(p.rank), array_agg(p.key) into v_page, v_ranks, v_sort_keys
    from song_search.page(v_hits, v_query, left(public.normalize_tag_name(p_text), 200), p_sort, p_after, p_limit + 1) as p;
    v_found.songs := array(
      select k.song_id from unnest(v_page[:p_limit]) with ordinality as p (n, place) join song_search.song as k on k.n = p.n
      order by p.place
    );
    if cardinality(v_page) > p_limit then
      v_found.next := song_search.write_cursor(p_sort, v_ranks[p_limit], v_sort_keys[p_limit], v_page[p_limit]);
    end if;
  end if;
  if not p_facets then
    return v_found;
  end if;
  v_facets := song_search.arrangement_facets(song_search.both(v_by_any, v_by_category), v_filter, v_fitting, v_view);
  v_found.facets := json_build_object(
    'tags', song_search.tag_facet(
      -- Without any tag to choose from, both are the same.
      v_hits, case when p_any <> '{}' then song_search.both(v_by_category, v_by_arrangement) end, v_chosen, v_view
    ),
    'categories', (
      select coalesce(json_agg(json_build_object('category', f.category, 'count', f.songs) order by f.category), '[]')
      from (
        select c.category, sum(bit_count(c.songs & w.songs)::integer) as songs
        from unnest(v_categories, v_category_stretches, v_category_songs) as c (category, stretch, songs)
        join unnest(song_search.both(v_by_any, v_by_arrangement)) with ordinality as w (songs, place) on w.place = c.stretch + 1
        group by c.category
      ) as f
      where f.songs > 0
    ),
    'keys', v_facets.keys, 'difficulty', v_facets.difficulty, 'tempo', v_facets.tempo
  );
  return v_found;
end
$$;

-- The tags of songs that were found, and where each stands among what was written: these are shown first. Definer, for the states; it tells nothing that the caller may not read.
create function song_search.tags_of(p_songs uuid[]) returns table (song_id uuid, tag_id uuid, "position" smallint)
language plpgsql stable rows 100 security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_run tag_migration.run;
  v_hidden uuid[] := public.banned_tags();
  v_is_worked_out boolean;
  v_raws text[];
  v_songs uuid[];
  v_tags uuid[];
  v_positions smallint[];
begin
  select array_agg(c.song_id), array_agg(c.tag_id), array_agg(c.position) into v_songs, v_tags, v_positions
  from (
    select l.song_id, l.tag_id, null::smallint as position from public.song_tags as l where l.song_id = any (p_songs)
    union all
    select st.song_id, y.tag_id, y.position
    from tag_migration.song_state as st
    cross join lateral unnest(st.yields, st.yield_positions) as y (tag_id, position)
    where st.song_id = any (p_songs)
  ) as c;
  if exists (select from song_search.song as k where k.song_id = any (p_songs) and k.themes <> '{}') then
    v_run := song_search.standing_run();
    v_is_worked_out := not exists (select from song_search.yields_changed);
    v_raws := array(
      select distinct e.raw from tag_migration.song_themes as s cross join lateral unnest(s.themes) as e (raw)
      where s.id = any (p_songs) and e.raw is not null and tag_migration.can_hold(s.themes)
        and not exists (select from tag_migration.song_state as st where st.song_id = s.id)
        and not exists (select from tag_migration.quarantine as q where q.run_id = v_run.id and q.song_id = s.id)
    );
    with yielded as materialized (
      select u.raw, y.tag_id from unnest(v_raws) as u (raw) join song_search.yields as y on y.theme = md5(u.raw)::uuid where v_is_worked_out
      union all
      select f.raw, u.tag_id from tag_migration.find_tags(v_run.id, v_run.plan_hash, v_raws) as f cross join lateral unnest(f.tag_ids) as u (tag_id)
      where v_raws <> '{}' and not v_is_worked_out
    )
    select v_songs || array_agg(s.id), v_tags || array_agg(y.tag_id), v_positions || array_agg(e.position::smallint)
    into v_songs, v_tags, v_positions
    from tag_migration.song_themes as s cross join lateral unnest(s.themes) with ordinality as e (raw, position)
    join yielded as y on y.raw = e.raw
    where s.id = any (p_songs) and tag_migration.can_hold(s.themes)
      and not exists (select from tag_migration.song_state as st where st.song_id = s.id)
      and not exists (select from tag_migration.quarantine as q where q.run_id = v_run.id and q.song_id = s.id);
  end if;
  return query
  select c.song_id, coalesce(t.merged_into, t.id), min(c.position)
  from unnest(v_songs, v_tags, v_positions) as c (song_id, tag_id, position) join public.tags as t on t.id = c.tag_id
  where not coalesce(t.merged_into, t.id) = any (v_hidden)
  group by c.song_id, coalesce(t.merged_into, t.id);
end
$$;

-- A line of the lyrics of each of these songs in which nothing else matched.
create function song_search.lines_of(p_songs uuid[], p_query tsquery) returns table (song_id uuid, line text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_either tsquery := replace(p_query::text, ' & ', ' | ')::tsquery;
  v_named tsquery := song_search.marked(p_query, 'N');
  v_words text[] := array(
    select replace(replace(m.found[1], '''''', ''''), '\\', '\') from regexp_matches(p_query::text, '''(([^'']|'''')+)''', 'g') as m (found)
  );
begin
  return query
  select k.song_id, l.line
  from song_search.song as k
  join public.songs as s on s.id = k.song_id
  join song_search.words as w on w.n = k.n
  cross join lateral (
    select left(btrim(o.line), 160) as line
    from unnest(
      string_to_array(song_search.tidy_lines(s.lyrics), E'\n'),
      string_to_array(w.lines, '^')
    ) with ordinality as o (line, folded, place)
    cross join lateral (
      -- Most lines have none of the letters: cutting them into words would take longer than all the rest. Once each.
      select song_search.vector(song_search.words_of(btrim(o.folded))) as words
      where exists (select from unnest(v_words) as u (word) where strpos(o.folded, u.word) > 0)
      offset 0
    ) as v
    where not w.words @@ v_named and v.words @@ v_either
    order by v.words @@ p_query desc, ts_rank(v.words, v_either) desc, o.place
    limit 1
  ) as l
  where k.song_id = any (p_songs);
end
$$;

create function public.search_songs(
  p_text text default '', p_all text[] default '{}', p_any text[] default '{}', p_none text[] default '{}',
  p_categories text[] default '{}', p_keys text[] default '{}',
  p_difficulty_from integer default null, p_difficulty_to integer default null,
  p_tempo_from integer default null, p_tempo_to integer default null,
  p_sort text default 'relevance', p_after text default null, p_limit integer default 30, p_facets boolean default true
) returns json
language plpgsql volatile set search_path = ''
as $$
declare
  v_text text := left(coalesce(p_text, ''), 500);
  v_sort text := coalesce(p_sort, 'relevance');
  v_limit integer := least(greatest(coalesce(p_limit, 30), 1), 100);
  v_found song_search.found;
  v_lined uuid[];
  v_lines text[];
  v_shown json := '[]'::json;
begin
  -- Before anything is done with them: whoever sends thousands is not to keep the server busy.
  if greatest(cardinality(p_all), cardinality(p_any), cardinality(p_none), cardinality(p_categories), cardinality(p_keys)) > 50 then
    raise exception using errcode = 'PT400', message = 'At most 50 tags, categories or keys can be asked for.';
  end if;
  if not v_sort = any (array['relevance', 'title', 'newest', 'most_used']) then
    raise exception using errcode = 'PT400', message = 'Songs are sorted by relevance, title, newest or most_used.';
  end if;
  if v_sort = 'relevance' and song_search.is_blank(v_text) then
    v_sort := 'title';
  end if;
  perform song_search.fold();
  v_found := song_search.find(
    v_text, coalesce(p_all, '{}'), coalesce(p_any, '{}'), coalesce(p_none, '{}'), coalesce(p_categories, '{}'),
    coalesce(p_keys, '{}'), p_difficulty_from, p_difficulty_to, p_tempo_from, p_tempo_to, v_sort,
    song_search.read_cursor(p_after, v_sort), v_limit, coalesce(p_facets, true)
  );
  if v_found.query is not null and v_found.songs <> '{}' then
    select array_agg(l.song_id), array_agg(l.line) into v_lined, v_lines
    from song_search.lines_of(v_found.songs, v_found.query) as l;
  end if;
  if v_found.songs <> '{}' then
    select coalesce(json_agg(json_build_object(
      'id', s.id, 'title', s.title, 'artist', s.artist, 'tags', coalesce(t.tags, '[]'),
      'keys', coalesce(a.keys, '[]'), 'difficulty', a.difficulty, 'tempo', a.tempo,
      'lyrics', l.line, 'near', v_found.is_near
    ) order by f.place), '[]') into v_shown
    from unnest(v_found.songs) with ordinality as f (id, place)
    join public.songs as s on s.id = f.id
    left join (
      select d.song_id, json_agg(
        json_build_object('id', t.id, 'name', t.name, 'normalized_name', t.normalized_name, 'category', t.category)
        order by d.position, t.name collate "C"
      ) as tags
      from song_search.tags_of(v_found.songs) as d join public.tags as t on t.id = d.tag_id group by d.song_id
    ) as t on t.song_id = s.id
    left join (
      select r.song_id, json_agg(distinct r.key) filter (where r.key is not null) as keys,
        case when min(r.difficulty) is not null then json_build_array(min(r.difficulty), max(r.difficulty)) end as difficulty,
        case when min(r.tempo) is not null then json_build_array(min(r.tempo), max(r.tempo)) end as tempo
      from public.arrangements as r where r.song_id = any (v_found.songs) group by r.song_id
    ) as a on a.song_id = s.id
    left join unnest(v_lined, v_lines) as l (song_id, line) on l.song_id = s.id;
  end if;
  -- JSON as text: nobody looks into it here.
  return json_build_object('songs', v_shown, 'total', v_found.total, 'next', v_found.next, 'facets', v_found.facets);
end
$$;
comment on function public.search_songs is
  'Songs by text, tags and arrangements: {songs, total, next, facets}. PT400 for a cursor that is broken and for lists of more than 50.';

grant usage on schema song_search to anon, authenticated, service_role;
grant execute on function
  song_search.find(text, text[], text[], text[], text[], text[], integer, integer, integer, integer, text, jsonb, integer, boolean),
  song_search.fold(integer), song_search.tags_of(uuid[]), song_search.lines_of(uuid[], tsquery), song_search.is_blank(text), song_search.read_cursor(text, text)
to anon, authenticated, service_role;
grant execute on function
  public.search_songs(text, text[], text[], text[], text[], text[], integer, integer, integer, integer, text, text, integer, boolean)
to anon, authenticated, service_role;
grant execute on function public.song_opened(uuid) to authenticated, service_role;
-- Songs that were there before. Of more than these, writers would have to wait until all are indexed.
insert into song_search.backlog (next) values ('00000000-0000-0000-0000-000000000000');
select song_search.index_backlog(1000);
