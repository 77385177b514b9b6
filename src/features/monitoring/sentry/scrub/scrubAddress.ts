import { isUuid } from '../../../../lib/isUuid.ts'

/** What the app's own paths, hosts and file names are made of. */
const ordinary = /^[\w.:~-]*$/

/**
 * An address without what tells of a person: no query, no fragment, no credentials; ids become `:id`, and parts that could
 * be somebody's words `:text`.
 */
export function scrubAddress(address: string): string {
  const [bare = ''] = address.split(/[?#]/)
  return bare
    .replace(/^(\w+:\/\/)[^/]*@/, '$1')
    .split('/')
    .map((part) => {
      if (isUuid(part)) return ':id'
      return ordinary.test(part) ? part : ':text'
    })
    .join('/')
}
