import type { CatalogTag } from '../../src/features/tags/catalog/types.ts'

/** A tag of the name, with whatever matters of the rest; its name is its id. */
export function catalogTag(name: string, rest: Partial<CatalogTag> = {}): CatalogTag {
  return {
    id: name,
    name,
    category: 'theme',
    colour: null,
    isStandard: false,
    usage: 0,
    synonyms: [],
    ...rest,
  }
}
