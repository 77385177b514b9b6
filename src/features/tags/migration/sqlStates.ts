/**
 * SQLSTATEs that may pass by themselves: connection trouble (08), serialization failure and deadlock (40),
 * resources (53), lock not available (55P03), cancelled or shut down by the operator (57).
 * https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const PASSING = /^(08|40|53|57)...$|^55P03$/

export function mayPass(sqlstate: string): boolean {
  return PASSING.test(sqlstate)
}

/** object_not_in_prerequisite_state: the table of transitions refuses a step. It passes as little as a typing error does. */
export const NOT_IN_THIS_STATE = '55000'
