import { standardThemes } from '../../../src/features/songs/validation/constants/themes.ts'
import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import { customTags } from './customTags.ts'

/** The standard tags that songs carry most, the most used first: how worship collections lean. */
const MOST_USED = `
Praise, Worship, Christmas, Hymn, Thanksgiving, Prayer, Love of God, Grace, Easter, Joy, Communion, Slow, Upbeat, Cross,
Holy Spirit, Hope, Faith, Peace, Jesus Christ, Salvation, Children, Advent, Trust, Resurrection, Glory of God, Mercy,
Psalm, Comfort, Forgiveness, Holiness, Healing, Good Friday, Lent, Mission, Church, Creation, Blessing, Commitment,
Praise and Worship, Gospel, Kingdom of God, Light, Guidance, Victory, Redemption, Freedom, Funeral, Wedding, Baptism,
Pentecost, Adoration, Strength, Gathering Song, Sending Song, Blood of Christ, Name of Jesus, Second Coming, Heaven,
Trinity, Saviour, Alleluia, Evening, Morning, Revival, Presence of God, Majesty of God, Unity, Epiphany, Palm Sunday,
New Year, Repentance, Surrender, Shepherd, Joyful, Reflective, Celebratory, Youth, Harvest, Doxology, Offertory
`
  .trim()
  .split(/,\s+/)

/**
 * The tags that the labelled queries are about: the standard vocabulary with its variations as synonyms, and tags as
 * people make them. Names are unique, and a label names its tags by them. Usage falls with rank as Zipf has it.
 */
export const vocabulary: readonly CatalogTag[] = [
  ...standardThemes.map(({ name, category, variations }) => ({
    name,
    category,
    isStandard: true,
    usage: standardUsage(name),
    synonyms: variations,
  })),
  ...customTags.map((tag) => ({ ...tag, isStandard: false })),
].map((tag, i) => ({ ...tag, id: `labelled-${i}`, colour: null }))

function standardUsage(name: string): number {
  const rank = MOST_USED.indexOf(name)
  return rank < 0 ? 20 : Math.round(900 / (rank + 1) ** 0.8)
}
