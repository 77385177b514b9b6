-- Live control from another terminal or the admin page: stop a run, and see how it is doing.

-- What workers say about themselves. Shown to people; decides nothing.
create table tag_migration.worker (
  run_id uuid not null references tag_migration.run (id) on delete cascade,
  name text not null,
  epoch integer not null,
  joined_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  retries integer not null default 0,
  waiting_for text,
  waiting_since timestamptz,
  left_at timestamptz,
  constraint worker_pkey primary key (run_id, name, epoch),
  constraint worker_waiting_since check ((waiting_for is null) = (waiting_since is null))
);
alter table tag_migration.worker enable row level security;

-- A sign of life between batches: how often this worker tried again, what it waits for, and whether it has left.
create function public.tag_migration_report(
  p_run uuid, p_epoch integer, p_worker text, p_retries integer, p_waiting_for text default null, p_has_left boolean default false
) returns void
language sql security definer set search_path = ''
as $$
  insert into tag_migration.worker as w (run_id, name, epoch, retries, waiting_for, waiting_since, left_at)
  select r.id, p_worker, p_epoch, p_retries, p_waiting_for,
    case when p_waiting_for is not null then clock_timestamp() end, case when p_has_left then clock_timestamp() end
  from tag_migration.run as r where r.id = p_run
  on conflict (run_id, name, epoch) do update set
    seen_at = clock_timestamp(), retries = excluded.retries, left_at = excluded.left_at, waiting_for = excluded.waiting_for,
    waiting_since = case
      when excluded.waiting_for is not distinct from w.waiting_for then w.waiting_since else excluded.waiting_since
    end
$$;

-- Stops a run from outside: paused, to go on later, or cancelled for good; what is committed stays either way. The epoch rises, so
-- that a worker which wakes up later is refused even when the run goes on by then.
create function public.tag_migration_stop(p_run uuid, p_to text, p_worker text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_status text;
begin
  if p_to not in ('paused', 'cancelled') then
    raise exception using errcode = '22023', message = 'A run is stopped as paused or as cancelled.';
  end if;
  perform tag_migration.hold_batches();
  select r.status into v_status from tag_migration.run as r where r.id = p_run for update;
  if v_status is null then
    return jsonb_build_object('outcome', 'unknown-run');
  end if;
  if v_status = p_to then
    return jsonb_build_object('outcome', 'already', 'run', tag_migration.describe(p_run));
  end if;
  -- Taken back, it goes on only by being taken back; the transition from there to paused is the rollback's own.
  if v_status = 'rolling_back' or not exists (
    select from tag_migration.transition as t where t.from_status = v_status and t.to_status = p_to
  ) then
    return jsonb_build_object('outcome', 'refused', 'run', tag_migration.describe(p_run));
  end if;
  update tag_migration.run as r
  set status = p_to, epoch = r.epoch + 1, worker = p_worker,
    finished_at = case when p_to = 'cancelled' then clock_timestamp() else r.finished_at end
  where r.id = p_run;
  return jsonb_build_object('outcome', 'stopped', 'run', tag_migration.describe(p_run));
end
$$;

-- Everything about how a run is doing, in one call. Without an id, of the run that did not end, or else
-- the latest. Times are the database's; `now` is, too.
create function public.tag_migration_status(p_run uuid default null) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with chosen as materialized (
    select r.id, r.status, r.epoch, r.rollbacks, r.options, r.status in ('rolling_back', 'rolled_back') as goes_back
    from tag_migration.run as r
    where p_run is null or r.id = p_run
    order by r.status in ('complete', 'cancelled', 'rolled_back'), r.started_at desc limit 1
  ), work as materialized (
    select b.worker, b.epoch, b.songs, b.duration_ms, b.finished_at,
      b.finished_at - make_interval(secs => b.duration_ms / 1000) as started_at
    from tag_migration.batch as b join chosen as c on b.run_id = c.id
    where case when c.goes_back then b.is_rollback and b.rollback = c.rollbacks else not b.is_rollback and b.rollback is null end
  ), span as materialized (
    select min(w.started_at) as first_at, max(w.finished_at) as last_at,
      -- Of this session: before it, the run may have been paused for days.
      min(w.started_at) filter (where w.epoch = c.epoch) as session_at
    from work as w cross join chosen as c
  ), recent as (
    select coalesce(sum(w.songs), 0) / greatest(
      extract(epoch from clock_timestamp() - greatest(max(s.session_at), clock_timestamp() - interval '10 seconds')), 0.1
    ) as rate
    from work as w cross join span as s cross join chosen as c
    where w.epoch = c.epoch and w.finished_at > clock_timestamp() - interval '10 seconds'
    -- A batch ends within two seconds: when none has since, nobody is at work, whatever was done before.
    having max(w.finished_at) > clock_timestamp() - interval '3 seconds'
  ), slice as (
    select width_bucket(
      extract(epoch from w.finished_at)::float8, extract(epoch from s.first_at)::float8 - 0.001,
      extract(epoch from s.last_at)::float8 + 0.001, 24
    ) as n, w.songs, w.duration_ms, w.finished_at
    from work as w cross join span as s
  ), hand as (
    select coalesce(b.name, k.name) as name,
      least(b.since, k.joined_at) as since, greatest(b.seen_at, k.seen_at) as seen_at,
      coalesce(b.batches, 0) as batches, coalesce(b.songs, 0) as songs, coalesce(k.retries, 0) as retries, k.left_at, k.waiting_for, k.waiting_since
    from (
      select w.worker as name, min(w.started_at) as since, max(w.finished_at) as seen_at, count(*) as batches,
        sum(w.songs) as songs
      from work as w cross join chosen as c where w.epoch = c.epoch group by w.worker
    ) as b
    full join (
      select k.* from tag_migration.worker as k join chosen as c on k.run_id = c.id and k.epoch = c.epoch
    ) as k on k.name = b.name
  )
  select jsonb_build_object(
    'now', clock_timestamp(),
    'run', (select tag_migration.describe(c.id) from chosen as c),
    'profile', (select c.options ->> 'profile' from chosen as c),
    'rate', (select round(r.rate::numeric, 1) from recent as r),
    'retries', (
      select coalesce(sum(k.retries), 0) from tag_migration.worker as k join chosen as c on k.run_id = c.id
    ),
    'batchSizes', (
      select coalesce(jsonb_agg(jsonb_build_object('until', p.until, 'songs', p.songs, 'durationMs', p.duration_ms) order by p.until), '[]')
      from (
        select max(s.finished_at) as until, round(avg(s.songs)) as songs, round(avg(s.duration_ms)::numeric, 1) as duration_ms
        from slice as s group by s.n
      ) as p
    ),
    'workers', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', h.name, 'since', h.since, 'seenAt', h.seen_at, 'leftAt', h.left_at, 'batches', h.batches, 'songs', h.songs,
        'retries', h.retries, 'waitingFor', h.waiting_for, 'waitingSince', h.waiting_since
      ) order by h.since, h.name), '[]')
      from hand as h
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'at', e.at, 'from', e.from_status, 'to', e.to_status, 'worker', e.worker, 'reason', e.reason
      ) order by e.id), '[]')
      from (
        select e.* from tag_migration.run_event as e join chosen as c on e.run_id = c.id order by e.id desc limit 100
      ) as e
    )
  )
$$;

grant execute on function
  public.tag_migration_report(uuid, integer, text, integer, text, boolean), public.tag_migration_stop(uuid, text, text),
  public.tag_migration_status(uuid)
to service_role;
