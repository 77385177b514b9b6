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

create function public.add_song(p_fields jsonb, p_tags uuid[] default '{}', p_names text[] default '{}') returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_song uuid;
begin
  insert into public.songs (title, artist, lyrics)
  values (p_fields ->> 'title', p_fields ->> 'artist', p_fields ->> 'lyrics') returning id into v_song;
  if cardinality(p_tags) > 0 or cardinality(p_names) > 0 then
    perform public.tag_song(v_song, p_tags, p_names);
  end if;
  return public.edited_song(v_song) || jsonb_build_object('id', v_song);
end
$$;
comment on function public.add_song is 'Adds a song of the caller''s own, with its tags: all or nothing. {id, version, tags}.';

grant execute on function public.edit_song(uuid, integer, jsonb, uuid[], text[], uuid[]), public.add_song(jsonb, uuid[], text[])
to authenticated, service_role;
