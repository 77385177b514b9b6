-- What a validation in several calls has found so far. A worker that may work for seconds only, as an edge function may,
-- goes on where the last one stopped. Applying this file moves nothing.

create table tag_migration.kept_answer (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  -- The validating function and its arguments, as the engine writes them.
  call text not null,
  answer jsonb not null,
  at timestamptz not null default clock_timestamp(),
  constraint kept_answer_pkey primary key (run_id, call)
);
alter table tag_migration.kept_answer enable row level security;
comment on table tag_migration.kept_answer is 'Answers of a validation under way. They go as soon as the run does anything else.';

-- Songs may be migrated or taken back then, and what was found before says nothing any more.
create function tag_migration.drop_kept_answers() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from tag_migration.kept_answer as k where k.run_id = new.id;
  return null;
end
$$;
create trigger drop_kept_answers after update of status, epoch on tag_migration.run
  for each row when (old.status = 'validating' and (new.status <> 'validating' or new.epoch <> old.epoch))
  execute function tag_migration.drop_kept_answers();

create function public.tag_migration_keep_answer(p_run uuid, p_epoch integer, p_call text, p_answer jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not tag_migration.is_current(p_run, p_epoch, array['validating']) then
    return tag_migration.fenced(p_run);
  end if;
  insert into tag_migration.kept_answer (run_id, call, answer) values (p_run, p_call, p_answer)
  on conflict (run_id, call) do update set answer = excluded.answer, at = excluded.at;
  return jsonb_build_object('outcome', 'kept');
end
$$;

create function public.tag_migration_kept_answers(p_run uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_object_agg(k.call, k.answer), '{}')
  from tag_migration.kept_answer as k
  -- A validation speaks for one time: what is older is looked at anew.
  where k.run_id = p_run and k.at > now() - interval '15 minutes'
$$;

grant execute on function
  public.tag_migration_keep_answer(uuid, integer, text, jsonb), public.tag_migration_kept_answers(uuid)
to service_role;
