import { scrubLabel } from './scrubLabel.ts'

/** Attributes that may hold words. All others leave only if they are numbers or say yes or no. */
const worded =
  /^(?:sentry|browser|network|device|lcp|cls|inp|ttfb)\.|^http\.(?:request\.method|request_method|response\.\w+)$|^url\.(?:full|domain|path|template)$|^server\.address$|^db\.(?:system|system\.name|operation|operation\.name|table|schema|sdk|url)$|^user_agent\.original$|^(?:type|label|tier|outcome|operation|rule|kind|severity)$/

const personal = /^user\.|email|token|password/i

/** The attributes that may leave, scrubbed; of a span, a metric or an alert, in the SDK's form `{ value, type }` or plain. */
export function scrubAttributes(attributes: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([key, attribute]: [string, unknown]) => {
      const value = isTyped(attribute) ? attribute.value : attribute
      const scrubbed = personal.test(key) ? undefined : scrubValue(key, value)
      if (scrubbed === undefined) return []
      return [[key, isTyped(attribute) ? { ...attribute, value: scrubbed } : scrubbed]]
    }),
  )
}

function scrubValue(key: string, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!worded.test(key)) return undefined
  if (typeof value === 'string') return scrubLabel(value)
  return Array.isArray(value) ? value.map((one) => scrubValue(key, one)) : undefined
}

function isTyped(attribute: unknown): attribute is { value: unknown } {
  return typeof attribute === 'object' && attribute !== null && 'value' in attribute
}
