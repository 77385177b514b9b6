-- The console for tags: what moderators and admins read, and what they do beyond renaming, merging and banning.

-- An undo is an entry of its own. Unique: of two people who undo the same entry one is told that it is undone.
alter table public.tag_moderation_log
  add column undoes bigint default nullif(current_setting('tag_catalog.undoes', true), '')::bigint,
  add constraint tag_moderation_log_undoes_key unique (undoes);
comment on column public.tag_moderation_log.undoes is 'The entry that this one takes back.';
create index tag_moderation_log_tag_id_idx on public.tag_moderation_log (tag_id, id desc);
create index tag_moderation_log_actor_idx on public.tag_moderation_log (actor, id desc);

-- Two tags that look alike and are not the same: nobody is asked about them again.
create table tag_catalog.kept_apart (
  one uuid not null references public.tags (id) on delete cascade,
  other uuid not null references public.tags (id) on delete cascade,
  entry bigint not null,
  constraint kept_apart_pkey primary key (one, other),
  constraint kept_apart_in_order check (one < other)
);
alter table tag_catalog.kept_apart enable row level security;
create index kept_apart_other_idx on tag_catalog.kept_apart (other);
create index kept_apart_entry_idx on tag_catalog.kept_apart (entry);

-- The console lists the newest tags first.
create index tags_created_at_idx on public.tags (created_at, id);

-- Whether a tag is still what an edit made of it. p_now holds what the edit changed, and nothing else.
create function tag_catalog.has_kept(p_tag public.tags, p_now jsonb) returns boolean
language sql stable set search_path = ''
as $$
  select p_tag.merged_into is null
    and (p_now - 'addedSynonyms' - 'removedSynonyms') <@ jsonb_build_object(
      'name', p_tag.name, 'category', p_tag.category, 'colour', p_tag.colour, 'needsReview', p_tag.needs_review
    )
    and not exists (
      select from jsonb_array_elements_text(p_now -> 'addedSynonyms') as a (name)
      where not exists (select from public.tag_synonyms as y where y.tag_id = p_tag.id and y.name = a.name)
    )
    and not exists (
      select from jsonb_array_elements_text(p_now -> 'removedSynonyms') as r (name)
      join public.tag_names as n on n.normalized_name = public.normalize_tag_name(r.name)
    )
$$;

-- Whether what an entry says is still so, and nothing stands in the way of taking it back.
create function tag_catalog.stands(p_entry public.tag_moderation_log) returns boolean
language sql stable set search_path = ''
as $$
  select not exists (select from public.tag_moderation_log as u where u.undoes = p_entry.id)
    and exists (
      select from public.tags as t
      where t.id = p_entry.tag_id and case p_entry.action
        when 'rename' then t.name = p_entry.tag_name and t.merged_into is null
        when 'edit' then tag_catalog.has_kept(t, p_entry.details -> 'now')
        when 'promote' then t.is_standard
        when 'demote' then not t.is_standard
        when 'keep apart' then exists (
          select from tag_catalog.kept_apart as k where k.entry = p_entry.id
        )
        when 'ban' then t.banned_at is not null
        when 'unban' then t.banned_at is null
        when 'merge' then exists (
          select from tag_migration.tag_merge as m
          where m.tag_id = t.id and m.into_id = (p_entry.details ->> 'into')::uuid
        ) and not exists (
          select from public.tag_moderation_log as l
          where l.tag_id = t.id and l.id > p_entry.id and l.action = 'merge'
        )
        when 'unmerge' then t.merged_into is null and not exists (
          select from public.tag_moderation_log as l
          where l.tag_id = t.id and l.id > p_entry.id and l.action in ('merge', 'unmerge')
        )
      end
    )
$$;

-- Definer: what a deleted tag is merged into and who did it are not for everybody to read, and asked about first.
create function public.moderation_log(
  p_action text default null, p_actor uuid default null, p_tag uuid default null,
  p_from timestamptz default null, p_until timestamptz default null, p_before bigint default null, p_limit integer default 50
) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 200);
  v_entries json[];
  v_ids bigint[];
begin
  perform tag_migration.check_moderator();
  select array_agg(e.entry order by e.id desc), array_agg(e.id order by e.id desc) into v_entries, v_ids
  from (
    select l.id, json_build_object(
      'id', l.id, 'action', l.action, 'tagId', l.tag_id, 'tagName', l.tag_name,
      'details', l.details, 'at', l.at, 'actor', l.actor, 'actorEmail', a.email,
      'otherName', o.name, 'undoes', l.undoes,
      'undoneBy', (select u.id from public.tag_moderation_log as u where u.undoes = l.id),
      'canUndo', coalesce(tag_catalog.stands(l), false)
    ) as entry
    from public.tag_moderation_log as l
    left join auth.users as a on a.id = l.actor
    left join public.tags as o on o.id = coalesce(l.details ->> 'into', l.details ->> 'from', l.details ->> 'other')::uuid
    where (p_action is null or l.action = p_action)
      and (p_actor is null or l.actor = p_actor)
      and (p_tag is null or l.tag_id = p_tag)
      and (p_from is null or l.at >= p_from)
      and (p_until is null or l.at < p_until)
      and (p_before is null or l.id < p_before)
    order by l.id desc limit v_limit
  ) as e;
  return json_build_object(
    'entries', coalesce(array_to_json(v_entries), '[]'),
    'next', case when cardinality(v_ids) = v_limit then v_ids[v_limit] end
  );
end
$$;
comment on function public.moderation_log is
  'What moderators did, latest first: {entries, next}; next is the p_before of the page after. Only for moderators and admins.';

create function public.moderation_actors() returns table (id uuid, email text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform tag_migration.check_moderator();
  return query
    -- From one person to the next over the index: the log only grows.
    with recursive actor as (
      (select l.actor from public.tag_moderation_log as l where l.actor is not null order by l.actor limit 1)
      union all
      select (
        select l.actor from public.tag_moderation_log as l where l.actor > a.actor order by l.actor limit 1
      ) from actor as a where a.actor is not null
    )
    select a.actor, u.email::text from actor as a left join auth.users as u on u.id = a.actor
    where a.actor is not null order by u.email;
end
$$;
comment on function public.moderation_actors is 'Whoever is in the moderation log. Only for moderators and admins.';

-- The name that a tag is given back leaves the one it had meanwhile as a synonym. It goes, unless it was one before.
create function tag_catalog.forget_name(p_entry public.tag_moderation_log) returns void
language sql set search_path = ''
as $$
  delete from public.tag_synonyms as y
  where y.tag_id = p_entry.tag_id and y.name = coalesce(p_entry.details -> 'now' ->> 'name', p_entry.tag_name)
    and (p_entry.action = 'rename' or p_entry.details -> 'now' ? 'name')
    and not p_entry.details ? 'wasSynonym'
$$;

-- The changes that lead back from an edit.
create function tag_catalog.reversed(p_details jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select (p_details -> 'was') || jsonb_build_object(
    'addSynonyms', coalesce(p_details -> 'now' -> 'removedSynonyms', '[]'),
    'removeSynonyms', coalesce(p_details -> 'now' -> 'addedSynonyms', '[]')
  )
$$;

create function tag_catalog.ask_again(p_entry public.tag_moderation_log) returns void
language plpgsql set search_path = ''
as $$
begin
  delete from tag_catalog.kept_apart as k where k.entry = p_entry.id;
  insert into public.tag_moderation_log (action, tag_id, tag_name, details)
  values ('ask again', p_entry.tag_id, p_entry.tag_name, p_entry.details);
end
$$;

create function public.undo_moderation(p_entry bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_entry public.tag_moderation_log;
begin
  perform tag_migration.check_moderator();
  select * into v_entry from public.tag_moderation_log as l where l.id = p_entry;
  if v_entry.id is null then
    raise exception using errcode = 'PT404', message = 'There is no such entry in the moderation log.';
  end if;
  -- Held first, then looked at. A merge holds more than the tag, in the order that everybody keeps.
  if v_entry.action = 'merge' then
    perform tag_migration.hold_for_merge(v_entry.tag_id, tag_migration.root(v_entry.tag_id), tag_migration.root(v_entry.tag_id));
  elsif v_entry.action = 'unmerge' then
    perform tag_migration.hold_for_merge(v_entry.tag_id, tag_migration.root((v_entry.details ->> 'from')::uuid), v_entry.tag_id);
  else
    perform from public.tags as t where t.id = v_entry.tag_id for no key update;
  end if;
  if not coalesce(tag_catalog.stands(v_entry), false) then
    raise exception using errcode = 'PT409', message = 'This cannot be undone any more: the tag has changed since.';
  end if;
  perform set_config('tag_catalog.undoes', p_entry::text, true);
  case v_entry.action
    when 'rename' then
      perform public.rename_tag(v_entry.tag_id, v_entry.details ->> 'was');
      perform tag_catalog.forget_name(v_entry);
    when 'edit' then
      perform public.edit_tag(v_entry.tag_id, tag_catalog.reversed(v_entry.details));
      perform tag_catalog.forget_name(v_entry);
    when 'promote' then perform public.promote_tag(v_entry.tag_id, false);
    when 'demote' then perform public.promote_tag(v_entry.tag_id, true);
    when 'keep apart' then perform tag_catalog.ask_again(v_entry);
    when 'ban' then perform public.ban_tag(v_entry.tag_id, false);
    when 'unban' then perform public.ban_tag(v_entry.tag_id, true);
    when 'merge' then perform public.unmerge_tag(v_entry.tag_id);
    when 'unmerge' then perform public.merge_tags(v_entry.tag_id, (v_entry.details ->> 'from')::uuid);
  end case;
  perform set_config('tag_catalog.undoes', '', true);
  return jsonb_build_object('undone', p_entry);
exception when unique_violation then
  if exists (select from public.tag_moderation_log as u where u.undoes = p_entry) then
    raise exception using errcode = 'PT409', message = 'This cannot be undone any more: somebody has undone it just now.';
  end if;
  raise;
end
$$;
comment on function public.undo_moderation is
  'Takes an entry of the moderation log back; that is an entry, too. PT409 when the tag has changed since.';

-- What can be changed of a tag in one go: {name, category, colour, needsReview, addSynonyms, removeSynonyms}. Compared and
-- logged are only those that change something.
create function public.edit_tag(p_tag uuid, p_changes jsonb, p_seen timestamptz default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_tag public.tags := tag_migration.tag_to_change(p_tag);
  v_unknown text;
  v_name text := v_tag.name;
  v_category public.tag_category := coalesce((p_changes ->> 'category')::public.tag_category, v_tag.category);
  v_colour text := case when p_changes ? 'colour' then p_changes ->> 'colour' else v_tag.colour end;
  v_needs_review boolean := coalesce((p_changes ->> 'needsReview')::boolean, v_tag.needs_review);
  v_was_synonym boolean := false;
  v_add text[];
  v_remove text[];
  v_was jsonb := '{}'::jsonb;
  v_now jsonb := '{}'::jsonb;
begin
  select string_agg(k.name, ', ' order by k.name) into v_unknown from jsonb_object_keys(p_changes) as k (name)
  where not k.name = any (array['name', 'category', 'colour', 'needsReview', 'addSynonyms', 'removeSynonyms']);
  if v_unknown is not null then
    raise exception using errcode = '22023', message = format('A tag has no %s to change.', v_unknown);
  end if;
  if v_tag.updated_at <> p_seen then
    raise exception using errcode = 'PT409', message = 'The tag has changed since it was read.';
  end if;
  if v_tag.merged_into is not null then
    raise exception using errcode = '23514', message = 'This tag is merged into another one: change that one, or undo the merge.';
  end if;

  -- Before the new name, which may be one of them.
  with gone as (
    delete from public.tag_synonyms as y where y.tag_id = p_tag and y.normalized_name in (
      select public.normalize_tag_name(r.name) from jsonb_array_elements_text(p_changes -> 'removeSynonyms') as r (name)
    ) returning y.name
  )
  select array_agg(g.name order by g.name collate "C") into v_remove from gone as g;
  if p_changes ? 'name' and p_changes ->> 'name' is distinct from v_tag.name then
    v_was_synonym := exists (
      select from public.tag_synonyms as y
      where y.tag_id = p_tag and y.normalized_name = public.normalize_tag_name(tag_migration.tidy_name(p_changes ->> 'name'))
    );
    v_name := tag_migration.give_name(v_tag, p_changes ->> 'name');
  end if;
  v_add := public.tidy_tag_names(array(
    select a.name from jsonb_array_elements_text(p_changes -> 'addSynonyms') with ordinality as a (name, place) order by a.place
  ));
  if exists (
    select from unnest(v_add) as a (name)
    join public.tag_names as n on n.normalized_name = public.normalize_tag_name(a.name) where n.tag_id <> p_tag
  ) then
    raise exception using errcode = '23505', message = 'Another tag has one of these names already.';
  end if;
  with added as (
    insert into public.tag_synonyms (tag_id, name)
    select distinct on (public.normalize_tag_name(a.name)) p_tag, a.name from unnest(v_add) as a (name)
    where not exists (select from public.tag_names as n where n.normalized_name = public.normalize_tag_name(a.name))
    order by public.normalize_tag_name(a.name) returning name
  )
  select array_agg(a.name order by a.name collate "C") into v_add from added as a;

  if v_name <> v_tag.name then
    v_was := v_was || jsonb_build_object('name', v_tag.name);
    v_now := v_now || jsonb_build_object('name', v_name);
  end if;
  if v_category <> v_tag.category then
    v_was := v_was || jsonb_build_object('category', v_tag.category);
    v_now := v_now || jsonb_build_object('category', v_category);
  end if;
  if v_colour is distinct from v_tag.colour then
    v_was := v_was || jsonb_build_object('colour', v_tag.colour);
    v_now := v_now || jsonb_build_object('colour', v_colour);
  end if;
  if v_needs_review <> v_tag.needs_review then
    v_was := v_was || jsonb_build_object('needsReview', v_tag.needs_review);
    v_now := v_now || jsonb_build_object('needsReview', v_needs_review);
  end if;
  if v_add is not null then
    v_now := v_now || jsonb_build_object('addedSynonyms', v_add);
  end if;
  if v_remove is not null then
    v_now := v_now || jsonb_build_object('removedSynonyms', v_remove);
  end if;
  if v_now <> '{}' then
    -- The time is what the next edit is compared with; synonyms alone would not move it.
    update public.tags as t
    set category = v_category, colour = v_colour, needs_review = v_needs_review, updated_at = now() where t.id = p_tag;
    insert into public.tag_moderation_log (action, tag_id, tag_name, details)
    values ('edit', p_tag, v_name, jsonb_build_object('was', v_was, 'now', v_now)
      || case when v_was_synonym then '{"wasSynonym": true}' else '{}' end::jsonb);
  end if;
  return jsonb_build_object('id', p_tag, 'name', v_name, 'changed', v_now <> '{}');
end
$$;
comment on function public.edit_tag is
  'Changes name, category, colour, needsReview, addSynonyms and removeSynonyms of a tag, all or nothing. PT409 when it has changed since p_seen.';

create function public.promote_tag(p_tag uuid, p_is_standard boolean default true) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_tag public.tags := tag_migration.tag_to_change(p_tag);
begin
  if v_tag.merged_into is not null then
    raise exception using errcode = '23514', message = 'This tag is merged into another one: promote that one, or undo the merge.';
  end if;
  if v_tag.is_standard is distinct from p_is_standard then
    -- Whoever makes it a standard tag has looked at it.
    update public.tags as t set is_standard = p_is_standard, needs_review = t.needs_review and not p_is_standard where t.id = p_tag;
    insert into public.tag_moderation_log (action, tag_id, tag_name)
    values (case when p_is_standard then 'promote' else 'demote' end, p_tag, v_tag.name);
  end if;
  return jsonb_build_object('id', p_tag, 'isStandard', p_is_standard);
end
$$;
comment on function public.promote_tag is 'Makes a custom tag a standard tag of this songbook, or a standard one a custom one again.';

create function public.keep_tags_apart(p_one uuid, p_other uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_one public.tags := tag_migration.tag_to_change(least(p_one, p_other));
  v_other public.tags := tag_migration.tag_to_change(greatest(p_one, p_other));
  v_entry bigint;
begin
  if v_one.id = v_other.id then
    raise exception using errcode = '23514', message = 'A tag is not apart from itself.';
  end if;
  if not exists (select from tag_catalog.kept_apart as k where (k.one, k.other) = (v_one.id, v_other.id)) then
    insert into public.tag_moderation_log (action, tag_id, tag_name, details)
    values ('keep apart', v_one.id, v_one.name, jsonb_build_object('other', v_other.id)) returning id into v_entry;
    insert into tag_catalog.kept_apart (one, other, entry) values (v_one.id, v_other.id, v_entry);
  end if;
  return jsonb_build_object('one', v_one.id, 'other', v_other.id);
end
$$;
comment on function public.keep_tags_apart is 'Notes that two tags which look alike are not the same: they are not proposed to be merged again.';

create function public.tags_kept_apart() returns table (one uuid, other uuid)
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform tag_migration.check_moderator();
  return query select k.one, k.other from tag_catalog.kept_apart as k;
end
$$;
comment on function public.tags_kept_apart is 'Pairs of tags that are not proposed to be merged. Only for moderators and admins.';

create type tag_catalog.list_order as (
  -- A column, its type, and what decides between equal ones; whether both go the same way.
  value text, type text, tie text, tie_type text, goes_along boolean
);

create function tag_catalog.list_order(p_sort text) returns tag_catalog.list_order
language plpgsql immutable set search_path = ''
as $$
begin
  return case p_sort
    when 'name' then row('normalized_name', 'text', 'id', 'uuid', true)::tag_catalog.list_order
    when 'songs' then row('usage_count', 'bigint', 'id', 'uuid', false)::tag_catalog.list_order
    when 'created' then row('created_at', 'timestamptz', 'id', 'uuid', true)::tag_catalog.list_order
  end;
end
$$;

-- Of a kind that few tags are, those are read and sorted, instead of all tags in order until enough of them have come by.
create index tags_review_idx on public.tags (id) where needs_review;
create index tag_names_synonym_idx on public.tag_names (tag_id) where is_synonym;

-- The condition under which a tag is in the list, over the alias t. $2 is the category.
create function tag_catalog.list_filter(p_category public.tag_category, p_kind text) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return concat_ws(' and ',
    case p_kind when 'merged' then 't.merged_into is not null' else 't.merged_into is null' end,
    case p_kind
      when 'standard' then 't.is_standard'
      when 'custom' then 'not t.is_standard'
      when 'review' then 't.needs_review'
      when 'unused' then 't.usage_count <= 0'
      when 'banned' then 't.banned_at is not null'
    end,
    case when p_category is not null then 't.category = $2' end
  );
end
$$;

create type tag_catalog.list_hits as (
  -- All tags with such a name; when they are many, those that have it as a synonym or by a tag that was merged into them.
  ids uuid[], are_all boolean
);

-- With plans of their own: a pattern that is known finds beginnings in an index.
create function tag_catalog.list_hits(p_pattern text) returns tag_catalog.list_hits
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  v_most constant integer := 2000;
  v_ids uuid[] := array(select n.tag_id from public.tag_names as n where n.normalized_name like p_pattern limit v_most + 1);
  v_are_all boolean := cardinality(v_ids) <= v_most;
begin
  if not v_are_all then
    v_ids := array(
      select n.tag_id from public.tag_names as n where n.is_synonym and n.normalized_name like p_pattern
      union all
      select t.id from public.tags as t where t.merged_into is not null and t.normalized_name like p_pattern
    );
  end if;
  return row(array(
    select u.id from unnest(v_ids) as u (id)
    union
    select t.merged_into from unnest(v_ids) as u (id) join public.tags as t on t.id = u.id where t.merged_into is not null
  ), v_are_all)::tag_catalog.list_hits;
end
$$;

-- What makes a name fit, over the alias t: one of these, and no tag is in two of them. $1 is the pattern, $6 what list_hits has found.
create function tag_catalog.list_names(p_pattern text, p_hits tag_catalog.list_hits) returns text[]
language sql immutable set search_path = ''
as $$
  select case
    when p_pattern = '%' then array['true']
    when p_hits.are_all then array['t.id = any ($6)']
    when p_hits.ids = '{}' then array['t.normalized_name like $1']
    else array['t.normalized_name like $1', 't.id = any ($6) and t.normalized_name not like $1']
  end
$$;

-- Anywhere in a name; of one or two letters, which no index finds there, at its beginning.
create function tag_catalog.list_pattern(p_query text) returns text
language sql immutable set search_path = ''
as $$
  select case when char_length(q.folded) < 3 then '' else '%' end || regexp_replace(q.folded, '([%_\\])', '\\\1', 'g') || '%'
  from (select public.normalize_tag_name(coalesce(left(p_query, 100), '')) as folded) as q
$$;

-- By keys, not by numbers of rows: a page far down costs as much as the first one, and does not shift when somebody else
-- makes, merges or bans a tag meanwhile. p_from is {value, tie} of the row before; backwards, of the row after.
create function public.list_tags(
  p_query text default '', p_category public.tag_category default null, p_kind text default 'all',
  p_sort text default 'name', p_descending boolean default false,
  p_from jsonb default null, p_backwards boolean default false, p_limit integer default 50
) returns json
-- Without sequential scans: the planner expects next to no name to fit a pattern, and would read and sort all tags for them.
language plpgsql stable security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_order tag_catalog.list_order := tag_catalog.list_order(p_sort);
  v_limit integer := least(greatest(coalesce(p_limit, 50), 1), 5000);
  v_down boolean := p_descending <> p_backwards;
  v_pattern text := tag_catalog.list_pattern(p_query);
  v_hits tag_catalog.list_hits;
  v_along text;
  v_after text[] := array['true'];
  v_parts text;
  v_rows json;
  v_count integer;
begin
  perform tag_migration.check_moderator();
  if v_order is null then
    raise exception using errcode = '22023', message = format('Tags are not listed by %s.', p_sort);
  end if;
  if v_pattern <> '%' then
    v_hits := tag_catalog.list_hits(v_pattern);
  end if;
  v_along := format('t.%I %s, t.%I %s', v_order.value, case when v_down then 'desc' else 'asc' end,
    v_order.tie, case when v_down = v_order.goes_along then 'desc' else 'asc' end);
  if p_from is not null then
    v_after := array[
      format('t.%I = $4::%s and t.%I %s $5::%s', v_order.value, v_order.type, v_order.tie,
        case when v_down = v_order.goes_along then '<' else '>' end, v_order.tie_type),
      format('t.%I %s $4::%s', v_order.value, case when v_down then '<' else '>' end, v_order.type)
    ];
  end if;
  -- Each part is a stretch of one index, read until there is a page of it.
  select string_agg(format(
    '(select t.* from public.tags as t where %s and %s and %s order by %s limit $3 + 1)',
    tag_catalog.list_filter(p_category, p_kind), n.fits, a.comes, v_along
  ), ' union all ') into v_parts
  from unnest(tag_catalog.list_names(v_pattern, v_hits)) as n (fits) cross join unnest(v_after) as a (comes);
  execute format(
    $sql$
      with numbered as materialized (
        select t.*, row_number() over (order by %2$s) as place from (%1$s) as t order by %2$s limit $3 + 1
      )
      select count(*)::integer, json_agg(json_build_object(
        'id', n.id, 'name', n.name, 'category', n.category, 'colour', n.colour, 'songs', greatest(n.usage_count, 0),
        'isStandard', n.is_standard, 'needsReview', n.needs_review, 'isBanned', n.banned_at is not null,
        'createdAt', n.created_at, 'seen', n.updated_at,
        'mergedInto', (select json_build_object('id', r.id, 'name', r.name) from public.tags as r where r.id = n.merged_into),
        'synonyms', coalesce((
          select json_agg(s.name order by s.name collate "C") from (
            select y.name from public.tag_synonyms as y where y.tag_id = n.id
            union all
            select m.name from public.tags as m where m.merged_into = n.id
          ) as s
        ), '[]'),
        'key', json_build_object('value', n.%3$I::text, 'tie', n.%4$I::text)
      ) order by n.place %5$s) filter (where n.place <= $3)
      from numbered as n
    $sql$,
    v_parts, v_along, v_order.value, v_order.tie, case when p_backwards then 'desc' else 'asc' end
  )
  into v_count, v_rows
  using v_pattern, p_category, v_limit, p_from ->> 'value', p_from ->> 'tie', v_hits.ids;
  return json_build_object('rows', coalesce(v_rows, '[]'), 'hasMore', v_count > v_limit);
end
$$;
comment on function public.list_tags is
  'Tags in any order, filtered, a page at a time: {rows, hasMore}; a row''s key is the p_from of the page after, or backwards before it. Only for moderators and admins.';

create function public.count_tags(p_query text default '', p_category public.tag_category default null) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_pattern text := tag_catalog.list_pattern(p_query);
  v_hits tag_catalog.list_hits;
  v_fits text;
  v_counts json;
begin
  perform tag_migration.check_moderator();
  if v_pattern <> '%' then
    v_hits := tag_catalog.list_hits(v_pattern);
  end if;
  v_fits := format('(%s)', array_to_string(tag_catalog.list_names(v_pattern, v_hits), ' or '));
  execute format(
    $sql$
      select json_build_object(
        'all', count(*), 'standard', count(*) filter (where t.is_standard), 'custom', count(*) filter (where not t.is_standard),
        'review', count(*) filter (where t.needs_review), 'unused', count(*) filter (where t.usage_count <= 0),
        'banned', count(*) filter (where t.banned_at is not null),
        'merged', (select count(*) from public.tags as t where %1$s and %3$s)
      ) from public.tags as t where %2$s and %3$s
    $sql$,
    tag_catalog.list_filter(p_category, 'merged'), tag_catalog.list_filter(p_category, 'all'), v_fits
  )
  into v_counts using v_pattern, p_category, null, null, null, v_hits.ids;
  return v_counts;
end
$$;
comment on function public.count_tags is 'How many tags list_tags has of each kind. Only for moderators and admins.';

create function public.tag_details(p_tag uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_details json;
begin
  perform tag_migration.check_moderator();
  select json_build_object(
    'id', t.id, 'name', t.name, 'normalizedName', t.normalized_name, 'category', t.category, 'colour', t.colour,
    'songs', greatest(t.usage_count, 0), 'isStandard', t.is_standard, 'needsReview', t.needs_review,
    'isBanned', t.banned_at is not null, 'createdAt', t.created_at, 'seen', t.updated_at,
    'createdBy', (select u.email from auth.users as u where u.id = t.created_by),
    'mergedInto', (select json_build_object('id', r.id, 'name', r.name) from public.tags as r where r.id = t.merged_into),
    'synonyms', coalesce((
      select json_agg(y.name order by y.name collate "C") from public.tag_synonyms as y where y.tag_id = t.id
    ), '[]'),
    -- Only what was merged into this one itself can be taken out of it again.
    'merged', coalesce((
      select json_agg(json_build_object('id', m.id, 'name', m.name, 'at', g.at) order by g.at desc, m.name collate "C")
      from tag_migration.tag_merge as g join public.tags as m on m.id = g.tag_id where g.into_id = t.id
    ), '[]')
  ) into v_details
  from public.tags as t where t.id = p_tag;
  return v_details;
end
$$;
comment on function public.tag_details is 'What the console shows of one tag; null when there is none. Only for moderators and admins.';

-- What is recorded of a tag's use: when each of its links was made, and the songs that it stands on.
create function public.tag_usage(p_tag uuid, p_zone text default 'UTC') returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_usage json;
begin
  perform tag_migration.check_moderator();
  with link as materialized (
    select l.song_id, l.created_at from public.song_tags as l where l.tag_id = p_tag
  ), month as (
    select date_trunc('month', l.created_at at time zone p_zone) as month, count(*) as songs from link as l group by 1
  ), arranged as (
    select a.song_id, count(*) as arrangements from public.arrangements as a
    where a.song_id in (select l.song_id from link as l) group by a.song_id
  ), top as (
    select s.id, s.title, s.artist, coalesce(a.arrangements, 0) as arrangements, s.version
    from link as l join public.songs as s on s.id = l.song_id left join arranged as a on a.song_id = l.song_id
    order by 4 desc, s.version desc, s.title, s.id limit 10
  )
  select json_build_object(
    'months', coalesce((
      select json_agg(json_build_object('month', to_char(m.month, 'YYYY-MM'), 'songs', m.songs) order by m.month) from month as m
    ), '[]'),
    'topSongs', coalesce((
      select json_agg(json_build_object('id', t.id, 'title', t.title, 'artist', t.artist, 'arrangements', t.arrangements)
        order by t.arrangements desc, t.version desc, t.title, t.id) from top as t
    ), '[]')
  ) into v_usage;
  return v_usage;
end
$$;
comment on function public.tag_usage is
  'A tag''s links by the month in which they were made, and the ten songs with most arrangements (then most edits). Only for moderators and admins.';

create function public.preview_merge(p_from uuid[], p_into uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_into uuid := tag_migration.root(p_into);
  v_preview json;
begin
  perform tag_migration.check_moderator();
  if cardinality(p_from) > 100 then
    raise exception using errcode = '22023', message = 'At most 100 tags are merged at once.';
  end if;
  with affected as materialized (
    select distinct l.song_id from public.song_tags as l where l.tag_id = any (p_from)
  ), sample as (
    select a.song_id from affected as a order by a.song_id limit 5
  )
  select json_build_object(
    'into', (select json_build_object('id', t.id, 'name', t.name, 'songs', greatest(t.usage_count, 0)) from public.tags as t where t.id = v_into),
    'from', coalesce((
      select json_agg(json_build_object(
        'id', t.id, 'name', t.name, 'songs', greatest(t.usage_count, 0), 'isStandard', t.is_standard, 'isMerged', t.merged_into is not null
      ) order by f.place)
      from unnest(p_from) with ordinality as f (id, place) join public.tags as t on t.id = f.id
    ), '[]'),
    'songs', (select count(*) from affected),
    'both', (
      select count(*) from affected as a
      where exists (select from public.song_tags as l where l.song_id = a.song_id and l.tag_id = v_into)
    ),
    'samples', coalesce((
      select json_agg(json_build_object('id', s.id, 'title', s.title, 'before', n.before, 'after', n.after) order by s.title, s.id)
      from sample as a join public.songs as s on s.id = a.song_id
      cross join lateral (
        select array_agg(t.name order by t.name collate "C") as before,
          array_agg(distinct case when l.tag_id = any (p_from) then r.name else t.name end) as after
        from public.song_tags as l join public.tags as t on t.id = l.tag_id
        cross join (select i.name from public.tags as i where i.id = v_into) as r
        where l.song_id = a.song_id
      ) as n
    ), '[]')
  ) into v_preview;
  return v_preview;
end
$$;
comment on function public.preview_merge is
  'What merging tags into one would do: {into, from, songs, both, samples}; both counts songs that have the other tag already. Only for moderators and admins.';

create function public.merge_many_tags(p_from uuid[], p_into uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_root uuid;
  v_songs bigint := 0;
  v_all uuid[];
  v_from uuid;
begin
  perform tag_migration.check_moderator();
  if cardinality(p_from) > 100 then
    raise exception using errcode = '22023', message = 'At most 100 tags are merged at once.';
  end if;
  -- All of it at once and in order.
  perform tag_migration.hold_runs();
  v_root := tag_migration.root(p_into);
  v_all := array(select m.id from unnest(p_from) as f (id) cross join lateral unnest(tag_migration.merged_with(f.id)) as m (id));
  perform tag_migration.hold_tags(v_all || v_root, true);
  perform from public.songs as s
    where s.id in (select l.song_id from public.song_tags as l where l.tag_id = any (p_from))
    order by s.id for key share;
  perform from public.tags as t where t.id = any (v_all || v_root) order by t.id for no key update;
  foreach v_from in array p_from loop
    v_songs := v_songs + (tag_migration.merge_held(v_from, p_into, v_root) ->> 'songs')::bigint;
  end loop;
  return jsonb_build_object('into', v_root, 'tags', cardinality(p_from), 'songs', v_songs);
end
$$;
comment on function public.merge_many_tags is 'Merges several tags into one, all or none of them. Each is an entry of its own in the log.';

revoke all on all functions in schema tag_catalog from public;
grant execute on function
  public.moderation_log(text, uuid, uuid, timestamptz, timestamptz, bigint, integer), public.moderation_actors(),
  public.undo_moderation(bigint), public.edit_tag(uuid, jsonb, timestamptz), public.promote_tag(uuid, boolean),
  public.keep_tags_apart(uuid, uuid), public.tags_kept_apart(),
  public.list_tags(text, public.tag_category, text, text, boolean, jsonb, boolean, integer),
  public.count_tags(text, public.tag_category), public.tag_details(uuid), public.tag_usage(uuid, text),
  public.preview_merge(uuid[], uuid), public.merge_many_tags(uuid[], uuid)
to authenticated, service_role;
