-- Finds songs by what was typed, by tags and by what a band needs: a page, how many there are and what each further filter
-- would give, in one call.

-- Not exposed by the API; nobody enters it but through the functions in public.
create schema song_search;

-- What of a song is searched, kept by triggers. Tags are not here: batches link them by the hundred thousand.
create table song_search.song (
  -- Its place in sets of songs.
  n integer not null generated always as identity,
  song_id uuid not null references public.songs (id) on delete cascade,
  -- Folded, and shortened to what an index entry may hold.
  title_key text collate "C" not null,
  title_words tsvector not null,
  -- Of the title and the artist.
  name_words tsvector not null,
  -- Its distinct themes by the MD5 of each.
  themes uuid[] not null default '{}',
  created_at timestamptz not null,
  uses integer not null default 0,
  constraint song_pkey primary key (song_id),
  constraint song_n_key unique (n)
);
alter table song_search.song enable row level security;
create index song_title_idx on song_search.song (title_key, n);
create index song_newest_idx on song_search.song (created_at desc, n desc);
create index song_most_used_idx on song_search.song (uses desc, title_key, n);
create index song_themed_idx on song_search.song (n) where themes <> '{}';
comment on column song_search.song.uses is 'On how many days how many people opened it, added up.';

-- Apart, because it is wide and most questions need only the index.
create table song_search.words (
  n integer not null references song_search.song (n) on delete cascade,
  words tsvector not null,
  constraint words_pkey primary key (n)
);
alter table song_search.words enable row level security;
-- A short list of what is to be sorted in, since every search reads all of it.
create index words_idx on song_search.words using gin (words) with (gin_pending_list_limit = 64);

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

-- Writing systems without spaces between words are searched by each character and each pair of neighbours.
create function song_search.words_of(p_folded text) returns text[]
language plpgsql immutable strict parallel safe set search_path = ''
as $$
declare
  v_text text collate "C" := p_folded;
begin
  if octet_length(v_text) = char_length(v_text) then
    return array(select left(w.word, 60) from string_to_table(v_text, ' ') as w (word) where w.word <> '');
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
      select substr(w.word, i, k), i
      from generate_series(2, char_length(w.word)) as i, generate_series(1, 2) as k
      where starts_with(w.word, E'\u0001') and i + k <= char_length(w.word) + 1
    ) as p
    where w.word <> ''
    order by w.place, p.at, char_length(p.word)
  );
end
$$;

-- Lyrics of any length are accepted; so many characters of them are searched.
create function song_search.fold_lyrics(p_lyrics text) returns text
language sql immutable parallel safe set search_path = ''
as $$
  -- Folded in one piece, which is many times faster than line by line; the mark between the lines stays as it is.
  select public.normalize_tag_name(regexp_replace(replace(left(p_lyrics, 20000), '^', ' '), '\r\n|\r|\n', ' ^ ', 'g'))
$$;

create function song_search.vector(p_words text[]) returns tsvector
language sql immutable parallel safe set search_path = ''
as $$ select array_to_tsvector(array_remove(p_words, '^')) $$;

create function song_search.index_songs(p_songs uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  with part as materialized (
    select s.id, s.created_at, left(public.normalize_tag_name(s.title), 200) as title_key,
      song_search.words_of(public.normalize_tag_name(s.title)) as title,
      coalesce(song_search.words_of(public.normalize_tag_name(left(s.artist, 1000))), '{}') as artist,
      coalesce(song_search.words_of(song_search.fold_lyrics(s.lyrics)), '{}') as lyrics
    from public.songs as s where s.id = any (p_songs)
  ), kept as (
    insert into song_search.song as k (song_id, title_key, title_words, name_words, created_at)
    select p.id, p.title_key, song_search.vector(p.title), song_search.vector(p.title || p.artist), p.created_at from part as p
    order by p.id
    on conflict (song_id) do update set
      title_key = excluded.title_key, title_words = excluded.title_words, name_words = excluded.name_words,
      created_at = excluded.created_at
    returning k.n, k.song_id
  ), worded as (
    insert into song_search.words as w (n, words)
    select k.n, song_search.vector(p.title || p.artist || p.lyrics) from kept as k join part as p on p.id = k.song_id
    order by k.n
    on conflict (n) do update set words = excluded.words
  )
  insert into song_search.title_word (word)
  select distinct t.word from part as p cross join lateral unnest(p.title) as t (word)
  where char_length(t.word) > 3 and not exists (select from song_search.title_word as o where o.word = t.word);
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
  update song_search.song as k set themes = d.themes
  from (
    select s.id, coalesce(array_agg(distinct md5(e.raw)::uuid) filter (where e.raw is not null), '{}') as themes
    from tag_migration.song_themes as s left join lateral unnest(s.themes) as e (raw) on tag_migration.can_hold(s.themes)
    where s.id = any (p_songs) group by s.id
  ) as d
  where k.song_id = d.id and k.themes <> d.themes;
end
$$;

create function song_search.follow_new_songs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform song_search.index_songs(array(select a.id from added as a));
  perform song_search.index_themes(array(select a.id from added as a));
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
begin
  perform song_search.index_themes(array[new.id]);
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
  perform song_search.index_themes(array(select c.song_id from changed as c));
  return null;
end
$$;
create trigger index_states after update on tag_migration.song_state
  referencing new table as changed for each statement execute function song_search.follow_states();

-- Songs that were there before.
select song_search.index_songs(array(select s.id from public.songs as s));
select song_search.index_themes(array(select s.id from public.songs as s));

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
language sql immutable set search_path = ''
as $$
  select '''' || replace(replace(p_word, '\', '\\'), '''', '''''') || '''' || case when p_is_beginning then ':*' else '' end
$$;

-- What is looked for. All words are to be there; the last one is still being typed, unless white space follows it.
create function song_search.query(p_text text) returns tsquery
language sql immutable set search_path = ''
as $$
  select string_agg(song_search.term(w.word, w.place = cardinality(v.words) and p_text !~ '\s$'), ' & ')::tsquery
  from (select song_search.words_of(public.normalize_tag_name(p_text)) as words) as v
  cross join lateral unnest(v.words) with ordinality as w (word, place)
$$;

-- The same with words of titles that are near each word. NULL when none is.
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
      (select string_agg(' | ' || song_search.term(n.word, false), '') from unnest(v_near) as n (word)), '') || ')');
  end loop;
  return case when v_found then v_query::tsquery end;
end
$$;

-- The tags of these ids as far as the caller sees them, each by the one that it was merged into.
create function song_search.known_tags(p_ids text[]) returns uuid[]
language sql stable set search_path = ''
as $$
  select coalesce(array_agg(distinct r.id), '{}')
  from unnest(p_ids) as u (id)
  join public.tags as t on t.id = case when u.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then u.id::uuid end
  join public.tags as r on r.id = coalesce(t.merged_into, t.id)
  where not t.id = any ((select public.banned_tags())::uuid[]) and not r.id = any ((select public.banned_tags())::uuid[])
$$;

-- The run whose plan decides about themes: the latest that is not taken back.
create function song_search.standing_run() returns tag_migration.run
language sql stable set search_path = ''
as $$
  select r.* from tag_migration.sync as s join tag_migration.run as r on r.status <> 'rolled_back'
  where s.is_on order by r.started_at desc limit 1
$$;

-- What themes would yield if their songs were migrated now: roots. As tag_migration.find_tags, for all themes at once.
create function song_search.theme_tags() returns table (theme uuid, tag_id uuid)
language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
  v_run tag_migration.run := song_search.standing_run();
begin
  return query
  with planned as materialized (
    select h.key, t.tag_ids
    from song_search.theme as h join tag_migration.run_theme as t on t.raw = h.raw and t.raw_key = replace(h.key::text, '-', '')
    where t.run_id = v_run.id
  ), prepared as (
    select p.key, p.tag_ids = '{}' or bool_or(g.id is not null) as is_final,
      array_agg(g.id) filter (where g.id is not null) as tag_ids
    from planned as p left join public.tags as g on g.id = any (p.tag_ids)
    group by p.key, p.tag_ids
  ), named as (
    select h.key, q.tag_names
    from song_search.theme as h join tag_migration.plan_theme as q on q.raw = h.raw and q.raw_key = replace(h.key::text, '-', '')
    where q.plan_hash = v_run.plan_hash and not exists (select from planned as p where p.key = h.key)
  ), yielded as (
    select p.key, u.tag_id from prepared as p cross join lateral unnest(p.tag_ids) as u (tag_id) where p.is_final
    union
    select n.key, k.tag_id from named as n cross join lateral unnest(n.tag_names) as w (name)
    join public.tag_names as k on k.normalized_name = public.normalize_tag_name(w.name)
    union
    select h.key, k.tag_id from song_search.theme as h join public.tag_names as k on k.normalized_name = h.name
    where not exists (select from prepared as p where p.key = h.key and p.is_final)
      and not exists (select from named as n where n.key = h.key)
  )
  select distinct y.key, coalesce(t.merged_into, t.id) from yielded as y join public.tags as t on t.id = y.tag_id;
end
$$;

-- Songs and the tags that the caller sees on them: what they are linked to, and for one that is not migrated what its themes
-- would yield.
create function song_search.carried() returns table (song_id uuid, tag_id uuid)
language sql stable set search_path = ''
as $$
  with hidden as materialized (select public.banned_tags() as tags)
  select l.song_id, l.tag_id from public.song_tags as l where not l.tag_id = any ((select h.tags from hidden as h)::uuid[])
  union
  select k.song_id, y.tag_id
  from song_search.song as k cross join lateral unnest(k.themes) as u (theme)
  join song_search.theme_tags() as y on y.theme = u.theme
  where k.themes <> '{}' and not y.tag_id = any ((select h.tags from hidden as h)::uuid[])
    and not exists (select from tag_migration.song_state as st where st.song_id = k.song_id)
    and not exists (
      select from tag_migration.quarantine as q
      where q.song_id = k.song_id and q.run_id = (select r.id from song_search.standing_run() as r)
    )
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
    if v_cursor ->> 'sort' = p_sort and (v_cursor ->> 'n')::integer is not null and (v_cursor ->> 'rank')::bigint is not null
      and jsonb_typeof(v_cursor -> 'key') = 'string' then
      return v_cursor;
    end if;
  end if;
  raise exception using errcode = 'PT400', message = 'This place in the results is not known: begin with the first page.';
exception when data_exception then
  raise exception using errcode = 'PT400', message = 'This place in the results is not known: begin with the first page.';
end
$$;

create function song_search.write_cursor(p_sort text, p_rank bigint, p_key text, p_n integer) returns text
language sql immutable set search_path = ''
as $$
  select replace(encode(convert_to(
    jsonb_build_object('sort', p_sort, 'rank', p_rank, 'key', p_key, 'n', p_n)::text, 'UTF8'), 'base64'), E'\n', '')
$$;

create function song_search.is_blank(p_text text) returns boolean
language sql immutable security definer set search_path = ''
as $$ select coalesce(public.normalize_tag_name(p_text), '') = '' $$;
-- Which songs they are, how many, and the facets. Definer: what is counted is what everybody may read, without the tags that
-- the caller does not see.
create function song_search.find(
  p_text text, p_all text[], p_any text[], p_none text[], p_categories text[], p_keys text[], p_difficulty_from integer,
  p_difficulty_to integer, p_tempo_from integer, p_tempo_to integer, p_sort text, p_after jsonb, p_limit integer,
  p_facets boolean
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_query tsquery := song_search.query(p_text);
  v_key text collate "C" := left(public.normalize_tag_name(p_text), 200);
  v_is_near boolean := false;
  v_all uuid[] := song_search.known_tags(p_all);
  v_any uuid[] := song_search.known_tags(p_any);
  v_none uuid[] := song_search.known_tags(p_none);
  v_all_known boolean := not exists (
    select from unnest(p_all) as u (id) where song_search.known_tags(array[u.id]) = '{}'
  );
  v_by_arrangement boolean := p_keys <> '{}' or coalesce(p_difficulty_from, p_difficulty_to, p_tempo_from, p_tempo_to) is not null;
  v_found jsonb;
begin
  if v_query is not null and not exists (select from song_search.words as w where w.words @@ v_query) then
    v_is_near := true;
    v_query := coalesce(song_search.near_query(p_text), v_query);
  end if;
  with carried as materialized (
    select c.song_id, c.tag_id, t.category from song_search.carried() as c join public.tags as t on t.id = c.tag_id
  ), tagged as (
    select c.song_id, array_agg(c.tag_id) as tags, array_agg(distinct c.category::text) as categories
    from carried as c group by c.song_id
  ), base as (
    select k.n, k.song_id, k.title_key, k.created_at, k.uses,
      case when p_sort = 'relevance' then
        case when k.title_key = v_key then 0 when starts_with(k.title_key, v_key) then 1
          when k.title_words @@ v_query then 2 when k.name_words @@ v_query then 3 else 4 end
        else 0 end as tier,
      p_any = '{}' or coalesce(t.tags && v_any, false) as by_any,
      p_categories = '{}' or coalesce(t.categories && p_categories, false) as by_category
    from song_search.song as k left join tagged as t on t.song_id = k.song_id
    where (v_query is null or k.n in (select w.n from song_search.words as w where w.words @@ v_query))
      and (p_all = '{}' or v_all_known and coalesce(t.tags @> v_all, false))
      and not coalesce(t.tags && v_none, false)
  ), judged as materialized (
    select b.*, not v_by_arrangement or coalesce(a.hits, false) as by_arrangement, a.keys, a.difficulties, a.tempos
    from base as b left join lateral (
      select bool_or(j.k and j.d and j.t) as hits,
        array_agg(distinct r.key) filter (where j.d and j.t and r.key is not null) as keys,
        array_agg(distinct r.difficulty) filter (where j.k and j.t and r.difficulty is not null) as difficulties,
        array_agg(distinct r.tempo / 20 * 20) filter (where j.k and j.d and r.tempo is not null) as tempos
      from public.arrangements as r
      cross join lateral (
        select p_keys = '{}' or coalesce(r.key = any (p_keys), false) as k,
          coalesce(p_difficulty_from, p_difficulty_to) is null or coalesce(r.difficulty
            between coalesce(p_difficulty_from, r.difficulty) and coalesce(p_difficulty_to, r.difficulty), false) as d,
          coalesce(p_tempo_from, p_tempo_to) is null
            or coalesce(r.tempo between coalesce(p_tempo_from, r.tempo) and coalesce(p_tempo_to, r.tempo), false) as t
      ) as j
      where r.song_id = b.song_id
    ) as a on true
  ), hit as materialized (
    select j.*, case p_sort
      when 'relevance' then j.tier::bigint
      when 'newest' then -(extract(epoch from j.created_at) * 1000000)::bigint
      when 'most_used' then -j.uses::bigint else 0 end as rank,
      case when p_sort = 'newest' then '' collate "C" else j.title_key end as key
    from judged as j where j.by_any and j.by_category and j.by_arrangement
  ), page as (
    select h.*, row_number() over (order by h.rank, h.key, h.n) as place from hit as h
    where p_after is null
      or (h.rank, h.key, h.n) > ((p_after ->> 'rank')::bigint, (p_after ->> 'key') collate "C", (p_after ->> 'n')::integer)
    order by h.rank, h.key, h.n limit p_limit + 1
  ), counted as (
    select c.tag_id, count(*) filter (where j.by_any) as "all", count(*) as "any"
    from judged as j join carried as c on c.song_id = j.song_id
    where j.by_category and j.by_arrangement group by c.tag_id
  ), shown as (
    select t.id, t.name, t.normalized_name, t.category, coalesce(c."all", 0) as "all", coalesce(c."any", 0) as "any",
      row_number() over (order by coalesce(c."all", 0) desc, coalesce(c."any", 0) desc, t.name collate "C") as place
    from public.tags as t left join counted as c on c.tag_id = t.id
    where c.tag_id is not null or t.id = any (v_all || v_any || v_none)
  )
  select jsonb_build_object(
    'songs', (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.song_id, 'near', v_is_near) order by p.place), '[]')
      from page as p where p.place <= p_limit
    ),
    'total', (select count(*) from hit),
    'next', (
      select song_search.write_cursor(p_sort, p.rank, p.key, p.n) from page as p
      where p.place = p_limit and exists (select from page as f where f.place > p_limit)
    ),
    'facets', case when p_facets then jsonb_build_object(
      'tags', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', s.id, 'name', s.name, 'normalized_name', s.normalized_name, 'category', s.category, 'all', s."all", 'any', s."any"
        ) order by s.place), '[]')
        from shown as s where s.place <= 40 or s.id = any (v_all || v_any || v_none)
      ),
      'categories', (
        select coalesce(jsonb_agg(jsonb_build_object('category', f.category, 'count', f.songs) order by f.category), '[]')
        from (
          select c.category, count(distinct j.n) as songs from judged as j join carried as c on c.song_id = j.song_id
          where j.by_any and j.by_arrangement group by c.category
        ) as f
      ),
      'keys', (
        select coalesce(jsonb_agg(jsonb_build_object('key', f.key, 'count', f.songs) order by f.key collate "C"), '[]')
        from (
          select u.key, count(*) as songs from judged as j cross join lateral unnest(j.keys) as u (key)
          where j.by_any and j.by_category group by u.key
        ) as f
      ),
      'difficulty', (
        select coalesce(jsonb_agg(jsonb_build_object('difficulty', f.difficulty, 'count', f.songs) order by f.difficulty), '[]')
        from (
          select u.difficulty, count(*) as songs from judged as j cross join lateral unnest(j.difficulties) as u (difficulty)
          where j.by_any and j.by_category group by u.difficulty
        ) as f
      ),
      'tempo', (
        select coalesce(jsonb_agg(jsonb_build_object('from', f.tempo, 'to', f.tempo + 19, 'count', f.songs) order by f.tempo), '[]')
        from (
          select u.tempo, count(*) as songs from judged as j cross join lateral unnest(j.tempos) as u (tempo)
          where j.by_any and j.by_category group by u.tempo
        ) as f
      )
    ) end
  ) into v_found;
  return v_found;
end
$$;
-- What else is shown of songs that were found: their tags in the shown order, and a line of the lyrics where only these
-- matched. Definer, for the states; it tells nothing that the caller may not read.
create function song_search.describe(p_songs uuid[], p_text text, p_is_near boolean)
returns table (song_id uuid, tag_ids uuid[], line text)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  v_query tsquery := case when p_is_near then song_search.near_query(p_text) else song_search.query(p_text) end;
  v_either tsquery := replace(v_query::text, ' & ', ' | ')::tsquery;
begin
  return query
  with place as (
    select st.song_id, coalesce(t.merged_into, t.id) as tag_id, min(y.position) as position
    from tag_migration.song_state as st
    cross join lateral unnest(st.yields, st.yield_positions) as y (tag_id, position)
    join public.tags as t on t.id = y.tag_id
    where st.song_id = any (p_songs)
    group by st.song_id, coalesce(t.merged_into, t.id)
    union all
    select s.id, y.tag_id, min(e.position)::smallint
    from tag_migration.song_themes as s cross join lateral unnest(s.themes) with ordinality as e (raw, position)
    join song_search.theme_tags() as y on y.theme = md5(e.raw)::uuid
    where s.id = any (p_songs) and not exists (select from tag_migration.song_state as st where st.song_id = s.id)
    group by s.id, y.tag_id
  ), tagged as (
    select c.song_id, array_agg(c.tag_id order by p.position, t.name collate "C") as tag_ids
    from song_search.carried() as c
    join public.tags as t on t.id = c.tag_id
    left join place as p on p.song_id = c.song_id and p.tag_id = c.tag_id
    where c.song_id = any (p_songs)
    group by c.song_id
  )
  select k.song_id, coalesce(t.tag_ids, '{}'), l.line
  from song_search.song as k
  join public.songs as s on s.id = k.song_id
  left join tagged as t on t.song_id = k.song_id
  left join lateral (
    select left(btrim(o.line), 160) as line
    from unnest(
      regexp_split_to_array(replace(left(s.lyrics, 20000), '^', ' '), '\r\n|\r|\n'),
      string_to_array(song_search.fold_lyrics(s.lyrics), '^')
    ) with ordinality as o (line, folded, place)
    cross join lateral (select song_search.vector(song_search.words_of(o.folded)) as words) as v
    where v.words @@ v_either
    order by v.words @@ v_query desc, ts_rank(v.words, v_either) desc, o.place
    limit 1
  ) as l on not k.name_words @@ v_query
  where k.song_id = any (p_songs);
end
$$;

create function public.search_songs(
  p_text text default '', p_all text[] default '{}', p_any text[] default '{}', p_none text[] default '{}',
  p_categories text[] default '{}', p_keys text[] default '{}',
  p_difficulty_from integer default null, p_difficulty_to integer default null,
  p_tempo_from integer default null, p_tempo_to integer default null,
  p_sort text default 'relevance', p_after text default null, p_limit integer default 30, p_facets boolean default true
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_text text := left(coalesce(p_text, ''), 500);
  v_sort text := coalesce(p_sort, 'relevance');
  v_limit integer := least(greatest(coalesce(p_limit, 30), 1), 100);
  v_found jsonb;
  v_songs uuid[];
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
  v_found := song_search.find(
    v_text, coalesce(p_all, '{}'), coalesce(p_any, '{}'), coalesce(p_none, '{}'), coalesce(p_categories, '{}'),
    coalesce(p_keys, '{}'), p_difficulty_from, p_difficulty_to, p_tempo_from, p_tempo_to, v_sort,
    song_search.read_cursor(p_after, v_sort), v_limit, coalesce(p_facets, true)
  );
  v_songs := array(select (f.song ->> 'id')::uuid from jsonb_array_elements(v_found -> 'songs') as f (song));
  return jsonb_set(v_found, '{songs}', coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', s.id, 'title', s.title, 'artist', s.artist,
      'tags', coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', t.id, 'name', t.name, 'normalized_name', t.normalized_name, 'category', t.category
        ) order by l.place)
        from unnest(d.tag_ids) with ordinality as l (id, place) join public.tags as t on t.id = l.id
      ), '[]'),
      'keys', a.keys, 'difficulty', a.difficulty, 'tempo', a.tempo,
      'lyrics', d.line,
      'near', f.song -> 'near'
    ) order by f.place)
    from jsonb_array_elements(v_found -> 'songs') with ordinality as f (song, place)
    join public.songs as s on s.id = (f.song ->> 'id')::uuid
    join song_search.describe(v_songs, v_text, coalesce((v_found #> '{songs,0,near}')::boolean, false)) as d on d.song_id = s.id
    cross join lateral (
      select coalesce(jsonb_agg(distinct r.key) filter (where r.key is not null), '[]') as keys,
        case when min(r.difficulty) is not null then jsonb_build_array(min(r.difficulty), max(r.difficulty)) end as difficulty,
        case when min(r.tempo) is not null then jsonb_build_array(min(r.tempo), max(r.tempo)) end as tempo
      from public.arrangements as r where r.song_id = s.id
    ) as a
  ), '[]'));
end
$$;
comment on function public.search_songs is
  'Songs by text, tags and arrangements: {songs, total, next, facets}. PT400 for a cursor that is broken and for lists of more than 50.';

grant usage on schema song_search to anon, authenticated, service_role;
grant execute on function
  song_search.find(text, text[], text[], text[], text[], text[], integer, integer, integer, integer, text, jsonb, integer, boolean),
  song_search.describe(uuid[], text, boolean), song_search.is_blank(text), song_search.read_cursor(text, text)
to anon, authenticated, service_role;
grant execute on function
  public.search_songs(text, text[], text[], text[], text[], text[], integer, integer, integer, integer, text, text, integer, boolean)
to anon, authenticated, service_role;
grant execute on function public.song_opened(uuid) to authenticated, service_role;
