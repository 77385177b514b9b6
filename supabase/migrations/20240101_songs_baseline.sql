-- The songbook before it had tags: songs with free-text themes, their arrangements, and who may do what.

-- Hosted Supabase lets anon and authenticated use whatever is created in public. Here nobody may until it is granted.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;

create type public.app_role as enum ('editor', 'moderator', 'admin');

create table public.user_roles (
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.app_role not null,
  granted_at timestamptz not null default now(),
  constraint user_roles_pkey primary key (user_id, role)
);
alter table public.user_roles enable row level security;
comment on table public.user_roles is 'Who is editor, moderator or admin. No client writes here: roles are granted with the secret key only.';

create policy "People see their own roles" on public.user_roles
  for select to authenticated using (user_id = (select auth.uid()));
grant select on public.user_roles to authenticated, service_role;

-- In PL/pgSQL, which keeps the plan: policies ask again and again, and to plan takes longer than to answer.
create function public.has_role(p_roles public.app_role[]) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return exists (
    select from public.user_roles as r where r.user_id = auth.uid() and r.role = any (p_roles)
  );
end
$$;
comment on function public.has_role is 'Whether the caller holds one of the roles. Definer, so that policies can ask without a right to read user_roles.';

create function public.is_admin() returns boolean
language sql stable set search_path = ''
as $$ select public.has_role(array['admin']::public.app_role[]) $$;

grant execute on function public.has_role(public.app_role[]), public.is_admin() to anon, authenticated, service_role;

create table public.songs (
  id uuid not null default gen_random_uuid(),
  title text not null,
  artist text,
  lyrics text,
  themes text[],
  version integer not null default 1,
  created_by uuid default auth.uid() references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint songs_pkey primary key (id),
  -- Every walk over the songs begins after this id.
  constraint songs_id_not_nil check (id <> '00000000-0000-0000-0000-000000000000'),
  constraint songs_title_not_blank check (title ~ '\S' and char_length(title) <= 300),
  -- Whoever has signed up adds songs, and everybody's lists show them.
  constraint songs_artist_length check (char_length(artist) <= 300),
  constraint songs_lyrics_length check (char_length(lyrics) <= 100000)
);
alter table public.songs enable row level security;
comment on column public.songs.themes is 'Free text, NULL allowed; the tag migration reads it and never writes it.';
create index songs_title_idx on public.songs (title, id);
create index songs_created_by_idx on public.songs (created_by);

create table public.arrangements (
  id uuid not null default gen_random_uuid(),
  song_id uuid not null references public.songs (id) on delete cascade,
  name text not null,
  key text,
  tempo smallint,
  difficulty smallint,
  time_signature text,
  created_at timestamptz not null default now(),
  constraint arrangements_pkey primary key (id),
  constraint arrangements_name_length check (char_length(name) <= 300),
  constraint arrangements_tempo_range check (tempo between 20 and 300),
  constraint arrangements_difficulty_range check (difficulty between 1 and 5),
  constraint arrangements_key_known check (key ~ '^[A-G](#|b)?m?$'),
  constraint arrangements_time_signature_known check (time_signature ~ '^[0-9]{1,2}/(1|2|4|8|16)$')
);
alter table public.arrangements enable row level security;
create index arrangements_song_id_idx on public.arrangements (song_id);

create function public.can_edit_song(p_song_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return public.has_role(array['editor', 'moderator', 'admin']::public.app_role[])
    or exists (select from public.songs as s where s.id = p_song_id and s.created_by = auth.uid());
end
$$;
grant execute on function public.can_edit_song(uuid) to authenticated, service_role;

create policy "Everyone reads songs" on public.songs for select to anon, authenticated using (true);
create policy "Signed-in people add songs of their own" on public.songs
  for insert to authenticated with check (created_by = (select auth.uid()));
create policy "Owners and editors change songs" on public.songs
  for update to authenticated
  using (created_by = (select auth.uid()) or (select public.has_role(array['editor', 'moderator', 'admin']::public.app_role[])))
  with check (created_by = (select auth.uid()) or (select public.has_role(array['editor', 'moderator', 'admin']::public.app_role[])));
create policy "Owners and moderators delete songs" on public.songs
  for delete to authenticated
  using (created_by = (select auth.uid()) or (select public.has_role(array['moderator', 'admin']::public.app_role[])));

create policy "Everyone reads arrangements" on public.arrangements for select to anon, authenticated using (true);
create policy "Whoever may edit the song adds arrangements" on public.arrangements
  for insert to authenticated with check (public.can_edit_song(song_id));
create policy "Whoever may edit the song changes arrangements" on public.arrangements
  for update to authenticated using (public.can_edit_song(song_id)) with check (public.can_edit_song(song_id));
create policy "Whoever may edit the song deletes arrangements" on public.arrangements
  for delete to authenticated using (public.can_edit_song(song_id));

grant select on public.songs, public.arrangements to anon, authenticated, service_role;
grant insert (title, artist, lyrics, themes), update (title, artist, lyrics, themes) on public.songs to authenticated;
grant delete on public.songs to authenticated;
grant insert, update, delete on public.arrangements to authenticated;
grant insert, update, delete on public.songs, public.arrangements to service_role;

-- Editors send the version they saw; every change raises it, so that a second one is noticed.
create function public.touch_song() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.id is distinct from old.id then
    raise exception using errcode = '23514', message = 'A song keeps its id: journal, tags and links refer to it.';
  end if;
  -- Putting a column back that nobody sees yet must not make every open form conflict.
  if current_setting('tag_migration.keeps_version', true) is not distinct from 'on' then
    return new;
  end if;
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;
create trigger touch_song before update on public.songs for each row execute function public.touch_song();

-- Whoever asked for an account with somebody else's address must not be given what is meant for them.
create function public.grant_role(p_email text, p_role public.app_role) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid;
  v_is_confirmed boolean;
begin
  select u.id, u.email_confirmed_at is not null into v_user, v_is_confirmed
  from auth.users as u where lower(u.email) = lower(btrim(p_email));
  if v_user is null then
    raise exception using errcode = 'P0002', message = 'Nobody has signed up with this e-mail address.';
  end if;
  if not v_is_confirmed then
    raise exception using errcode = '55000', message = 'This e-mail address has not been confirmed yet.';
  end if;
  insert into public.user_roles (user_id, role) values (v_user, p_role) on conflict do nothing;
end
$$;

create function public.revoke_role(p_email text, p_role public.app_role) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid;
begin
  select u.id into v_user from auth.users as u where lower(u.email) = lower(btrim(p_email));
  if v_user is null then
    raise exception using errcode = 'P0002', message = 'Nobody has signed up with this e-mail address.';
  end if;
  delete from public.user_roles as r where r.user_id = v_user and r.role = p_role;
end
$$;

create function public.list_roles() returns table (email text, role public.app_role, granted_at timestamptz)
language sql stable security definer set search_path = ''
as $$
  select u.email::text, r.role, r.granted_at
  from public.user_roles as r join auth.users as u on u.id = r.user_id
  order by u.email, r.role
$$;

grant execute on function
  public.grant_role(text, public.app_role), public.revoke_role(text, public.app_role), public.list_roles()
to service_role;
