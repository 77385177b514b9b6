import type { CheckedValidation, ValidationCheck } from './types.ts'

/** Differences that a check names; it counts all of them. */
export const MOST_DIFFERENCES = 1000

/** Judges a check by what was found. */
export function checked(
  check: ValidationCheck,
  actual: unknown,
  differences: readonly unknown[] = [],
): CheckedValidation {
  return {
    ...check,
    actual,
    ok: actual === check.expectedResult,
    differences: differences.slice(0, MOST_DIFFERENCES),
  }
}

/** Judges a critical check that must find nothing. @param query names the database function that looks */
export function foundNothing(
  name: string,
  query: string,
  found: number,
  differences: readonly unknown[] = [],
): CheckedValidation {
  return checked({ name, query, expectedResult: 0, critical: true }, found, differences)
}
