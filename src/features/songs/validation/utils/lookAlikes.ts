/** Words of different meaning one or two letters apart. Each line is a set; none of it is ever proposed for another. */
const SETS = `
  adoration admiration decoration adulation
  adoption adaption adaptation
  advent advert adverb event
  alleluia allelujah alleles
  angel angle angels angles
  annunciation enunciation renunciation pronunciation
  ascension assention ascent accession dissension
  assumption consumption presumption resumption
  atonement attunement appointment
  baptism baptist baptists
  battle bottle cattle
  benediction malediction valediction
  blessing pressing dressing
  bridal bridle
  calling falling culling failing
  calvary cavalry calgary
  canticle particle
  carol coral choral chorale
  celebration cerebration
  chapel chaplet
  charity clarity chastity
  closing clothing choosing
  comfort conform confirm
  commission omission commotion
  communion communism common commotion
  compassion comparison compression
  concession confession procession profession recession
  confidence conference
  confirmation conformation
  consecration conservation concentration consideration desecration
  consolation constellation consultation consolidation
  contemplation contamination
  courage carriage coverage
  creation cremation recreation creations
  creator creature curator
  crucifix crucible
  dedication medication delegation
  deliverance delivery
  devotion demotion devotee
  disciple discipline discipleship disciples
  easter eastern ester master
  eternal external internal
  eternity fraternity maternity paternity
  evangelism evangelist evangelical
  evening evensong evenings events
  exaltation exultation exhortation
  father feather farther further
  fellowship followship
  forgiveness forgetfulness
  freedom boredom
  garbage garage
  generation veneration regeneration
  gentleness genuineness
  gospel gossip
  grave grace graze
  gratitude attitude latitude
  harvest harness harvester
  healing hearing heating dealing
  heaven haven heathen
  hymn hymen
  holiness homeliness loneliness
  humility humidity
  hunger hanger
  incarnation incantation carnation coronation
  intercession interception intersection
  invitation imitation invocation
  invocation innovation evocation vocation
  italia italian italy
  jubilee jubilant
  justice justify
  kindness blindness
  lament cement ligament
  lent lend rent
  loneliness loveliness lowliness
  longing lounging lodging
  love live lore
  lovely lively lonely
  madchester manchester
  marriage carriage mirage
  mercy merry mercury
  messiah messina
  ministry minstrel industry
  mission passion emission fission
  morning mourning warning
  mother another smother
  nation notion ration station
  nativity activity naivety
  obedience audience
  offering suffering differing
  ordination coordination
  paradise parasite parade
  passion fashion ration passing
  patience patients patient
  peaceful graceful
  penitence penance pestilence
  persecution prosecution
  pilgrim program
  praise prose raise phrase prize
  prayer player payer
  prelude preclude interlude postlude
  presence pretence presents absence
  procession progression possession
  processional professional confessional
  protest protect project
  promise premise compromise
  prophecy prophesy
  providence province prudence evidence
  psalm palm qualm
  recessional recreational
  reconciliation conciliation
  redemption resumption
  reformation deformation information
  reflection refection deflection
  remembrance resemblance
  renewal removal
  repentance resistance
  restoration registration
  resurrection insurrection
  revelation revolution relevation elevation
  reverence reference relevance
  reverent relevant irreverent
  revival rival arrival survival
  sabbath sabbat
  salvation salivation starvation elation
  sanctification ratification gratification
  saviour savour savior savor
  sending spending ending mending
  servant savant serpent
  shepherd sheppard shepherdess
  silence science license
  spirit sprint spirits script
  spiritual ritual
  stewardship stewardess
  strength string
  surrender surround
  tempo temple
  testimony ceremony matrimony testament
  thankful tankful
  transfiguration transmigration configuration
  trinity trinidad
  triumph trump
  universal unusual
  victory victor
  visitation invitation
  vocation vacation location
  wedding weeding welding bedding
  weakness wellness meekness
  wisdom window
  witness fitness wetness
  wonder wander yonder
  worship warship hardship
`

const pairs = new Set(
  SETS.trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
    .flatMap((words) => words.flatMap((a) => words.map((b) => `${a} ${b}`))),
)

/** Whether two folded words are known to be different words, however near their spelling. */
export function areLookAlikes(a: string, b: string): boolean {
  return pairs.has(`${a} ${b}`)
}
