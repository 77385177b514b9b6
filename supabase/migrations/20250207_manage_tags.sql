-- The console for tags: what moderators and admins read, and what they do beyond renaming, merging and banning.

-- An undo is an entry of its own. Unique: of two people who undo the same entry one is told that it is undone.
alter table public.tag_moderation_log
  add column undoes bigint default nullif(current_setting('tag_catalog.undoes', true), '')::bigint,
  add constraint tag_moderation_log_undoes_key unique (undoes);
comment on column public.tag_moderation_log.undoes is 'The entry that this one takes back.';
create index tag_moderation_log_tag_id_idx on public.tag_moderation_log (tag_id, id desc);
create index tag_moderation_log_actor_idx on public.tag_moderation_log (actor, id desc);

-- Whether what an entry says is still so, and nothing stands in the way of taking it back.
create function tag_catalog.stands(p_entry public.tag_moderation_log) returns boolean
language sql stable set search_path = ''
as $$
  select not exists (select from public.tag_moderation_log as u where u.undoes = p_entry.id)
    and exists (
      select from public.tags as t
      where t.id = p_entry.tag_id and case p_entry.action
        when 'rename' then t.name = p_entry.tag_name and t.merged_into is null
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
    left join public.tags as o on o.id = coalesce(l.details ->> 'into', l.details ->> 'from')::uuid
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
    when 'rename' then perform public.rename_tag(v_entry.tag_id, v_entry.details ->> 'was');
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

revoke all on all functions in schema tag_catalog from public;
grant execute on function
  public.moderation_log(text, uuid, uuid, timestamptz, timestamptz, bigint, integer), public.moderation_actors(),
  public.undo_moderation(bigint)
to authenticated, service_role;
