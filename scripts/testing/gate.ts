import type { Sql } from 'postgres'

/** Holds one statement in the middle of its transaction, so that a test can do something just then. */
export interface Gate {
  /** Resolves with the process id of the server process that waits at the gate. */
  reached(): Promise<number>
  open(): Promise<void>
  /** Opens it and takes it away. */
  remove(): Promise<void>
}

const HERE = 471_101
const CLOSED = 471_102

/** Stops the next statement that inserts into this table, and only that one, before it writes. */
export async function closeGate(sql: Sql, table: string): Promise<Gate> {
  const keeper = await sql.reserve()
  await keeper`select pg_advisory_lock(${CLOSED})`
  // A sequence does not go back with its transaction: whatever is repeated passes.
  await sql.unsafe(`
    create sequence public.gate_arrivals;
    create function public.wait_at_gate() returns trigger language plpgsql security definer set search_path = '' as $$
    begin
      if nextval('public.gate_arrivals') = 1 then
        perform pg_advisory_xact_lock(${HERE});
        -- Not a wait for the lock itself: lock_timeout would end that.
        while not pg_try_advisory_xact_lock_shared(${CLOSED}) loop perform pg_sleep(0.002); end loop;
      end if;
      return null;
    end $$;
    create trigger wait_at_gate before insert on ${table} for each statement execute function public.wait_at_gate()`)
  let closed = true
  const open = async () => {
    if (!closed) return
    closed = false
    await keeper`select pg_advisory_unlock(${CLOSED})`
    keeper.release()
  }
  return {
    reached: async () => {
      for (;;) {
        const [found] = await sql<{ pid: number }[]>`
          select pid from pg_catalog.pg_locks
          where locktype = 'advisory' and objid = ${HERE} and granted
            and database = (select oid from pg_catalog.pg_database where datname = current_database())`
        if (found !== undefined) return found.pid
      }
    },
    open,
    remove: async () => {
      await open()
      await sql.unsafe(`
        drop trigger wait_at_gate on ${table};
        drop function public.wait_at_gate();
        drop sequence public.gate_arrivals`)
    },
  }
}

/** Resolves when any server process is waiting for a lock that this one holds: what somebody asked for has arrived. */
export async function isWaitedFor(sql: Sql, holding: number): Promise<void> {
  for (;;) {
    const [row] = await sql<{ waited: boolean }[]>`
      select exists (
        select from pg_catalog.pg_stat_activity as a
        where a.datname = current_database() and a.wait_event_type = 'Lock'
          and ${holding} = any (pg_catalog.pg_blocking_pids(a.pid))
      ) as waited`
    if (row?.waited) return
  }
}

/** Resolves when the server process is waiting for a lock that the other one holds. */
export async function waitsFor(sql: Sql, waiting: number, holding: number): Promise<void> {
  for (;;) {
    const [row] = await sql<{ blocked: boolean }[]>`
      select ${holding} = any (pg_catalog.pg_blocking_pids(${waiting})) as blocked`
    if (row?.blocked) return
  }
}
