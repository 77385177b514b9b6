-- The song form saves in one call: fields and tags are written together or not at all.

create function public.edit_song(
  p_song uuid, p_version integer, p_changes jsonb, p_add uuid[] default '{}', p_names text[] default '{}', p_remove uuid[] default '{}'
) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  -- Holds the song: what follows finds it as it is now, and needs no version of its own.
  perform public.hold_song(p_song, p_version);
  if p_changes <> '{}' then
    perform public.save_song(p_song, p_version, p_changes);
  end if;
  if cardinality(p_remove) > 0 then
    perform public.untag_song(p_song, p_remove);
  end if;
  if cardinality(p_add) > 0 or cardinality(p_names) > 0 then
    perform public.tag_song(p_song, p_add, p_names);
  end if;
  return public.edited_song(p_song);
end
$$;
comment on function public.edit_song is
  'Writes fields of a song and adds and removes tags, all or nothing. {version, tags}. PT409 with the current version in its detail when it has changed.';

create function public.add_song(
  p_fields jsonb, p_tags uuid[] default '{}', p_names text[] default '{}', p_id uuid default gen_random_uuid()
) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_added public.songs;
begin
  insert into public.songs (id, title, artist, lyrics)
  values (p_id, p_fields ->> 'title', p_fields ->> 'artist', p_fields ->> 'lyrics') on conflict (id) do nothing;
  if found then
    if cardinality(p_tags) > 0 or cardinality(p_names) > 0 then
      perform public.tag_song(p_id, p_tags, p_names);
    end if;
  else
    -- It was added, and the answer was lost. What is sent now is what it is to be, unless it has been edited since.
    select s.* into v_added from public.songs as s where s.id = p_id and s.updated_at = s.created_at;
    perform public.edit_song(
      p_id, coalesce(v_added.version, 0),
      case when (v_added.title, v_added.artist, v_added.lyrics)
          is distinct from (p_fields ->> 'title', p_fields ->> 'artist', p_fields ->> 'lyrics')
        then p_fields else '{}' end,
      p_tags, p_names, array(
        select l.tag_id from public.song_tags as l
        where l.song_id = p_id and not l.tag_id = any (coalesce(p_tags, '{}')) and not exists (
          select from public.tag_names as k join unnest(p_names) as n (name) on k.normalized_name = public.normalize_tag_name(n.name)
          where k.tag_id = l.tag_id
        )
      )
    );
  end if;
  return public.edited_song(p_id) || jsonb_build_object('id', p_id);
end
$$;
comment on function public.add_song is
  'Adds a song of the caller''s own, with its tags: all or nothing. {id, version, tags}. With the same id once more it is the same song. PT409 when that has been edited since.';

-- The form gives its song the id, so that it is one song, however often it is sent.
grant insert (id) on public.songs to authenticated;

grant execute on function public.edit_song(uuid, integer, jsonb, uuid[], text[], uuid[]), public.add_song(jsonb, uuid[], text[], uuid)
to authenticated, service_role;
