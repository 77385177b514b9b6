import { type Label, type LabelKind, parseLabels } from './parseLabels.ts'

/**
 * What people type for a tag, and the tags that they want to see: the measure of how good the matcher is.
 *
 * How it was made. By judgement, one query after another, before its writer had seen the matcher or any answer of any
 * matcher. Asked of each query was only: somebody has typed this on a phone and perhaps not finished; which tags of
 * `vocabulary.ts` are they after? Once written, every typo was held against the whole vocabulary by plain edit distance,
 * and a tag as near to it as the one meant was added as acceptable where a fair judge would let it pass.
 *
 * A line is `typed < meant > expected ~ acceptable`; `< meant` is left out where it is what was typed.
 * - expected: has to be among the first five. Exact names come first, then standard and much used tags; where more
 *   than five would do, only those that nearly everybody would miss are expected.
 * - acceptable: no harm if it is suggested. So is, without being listed, whatever shows what was typed or meant (see
 *   `isAcceptable.ts`). Anything else is a false suggestion.
 * - none: means no tag; whatever is suggested is false.
 *
 * Typed as on phones: in lower case, mostly unfinished, neighbouring keys hit, letters doubled or dropped. A typo is one
 * slip of the kind that its heading names (the test beside this proves it) and no spelling that the vocabulary lists.
 *
 * Frozen. A line may change only when its label is plainly wrong, with the reason in the commit; never because a
 * matcher answers otherwise.
 */
const LABEL_LINES: Readonly<Record<LabelKind, string>> = {
  // The beginning of a name.
  prefix: `
pr > Praise, Prayer
pra > Praise, Prayer
prai > Praise, Praise and Worship
pray > Prayer
praise a > Praise and Worship
wor > Worship
wors > Worship
ch > Christmas, Children
chri > Christmas, Jesus Christ
christm > Christmas, Christmas Eve
tha > Thanksgiving
thanksg > Thanksgiving, Thanksgiving Day
thanksgiving d > Thanksgiving Day
eas > Easter
easter v > Easter Vigil
adv > Advent
gra > Grace
grac > Grace
holy > Holy Spirit, Holy Week, Holy Saturday
holy s > Holy Spirit, Holy Saturday
hop > Hope
joy > Joy, Joyful
resu > Resurrection
rest > Rest, Restoration
comm > Communion, Commitment
communi > Communion, Community
sal > Salvation
bap > Baptism
heal > Healing
lov > Love of God, Love for God, Love for Others
love f > Love for God, Love for Others
good f > Good Friday
psalm 2 > Psalm 23
lords p > Lord's Prayer
all s > All Saints, All Souls
evan > Evangelism
bloo > Blood of Christ
te d > Te Deum
kri > Krippenspiel, Krismasi
hills > Hillsong
mid t > Mid-Tempo
24 > 24/7 Prayer
prayer m > Prayer Meeting
men's b > Men's Breakfast
trini > Trinity, Trinity Sunday
con > Confession, Contemporary
`,
  // The beginning of a later word.
  'word-prefix': `
friday > Good Friday
wedn > Ash Wednesday, Wednesday Night
thurs > Maundy Thursday
satur > Holy Saturday
vigil > Easter Vigil
eve > Evening, Christmas Eve
king > Kingdom of God, Christ the King
warf > Spiritual Warfare
gift > Spiritual Gifts
coming > Second Coming
dimi > Nunc Dimittis
deum > Te Deum
maria > Ave Maria
dei > Agnus Dei
call > Calling, Call to Worship, Altar Call
souls > All Souls
dedic > Child Dedication, Church Dedication
retr > Camp and Retreat
tempo > Mid-Tempo
acclam > Memorial Acclamation
illum > Prayer for Illumination
others > Love for Others
jesus > Jesus Christ, Name of Jesus
christ > Jesus Christ, Christ the King, Christmas
choi > Choir, Gospel Choir
redm > Matt Redman
toml > Chris Tomlin
wesl > Charles Wesley
watts > Isaac Watts
crosb > Fanny Crosby
samar > Good Samaritan
golia > David & Goliath
martha > Mary & Martha
ark > Noah's Ark
omeg > Alpha & Omega
juda > Lion of Judah
vine > True Vine, Vineyard
chords > Easy Chords
fasti > Fasting, Prayer & Fasting
carols > Christmas, Lessons & Carols
posad > Las Posadas
23 > Psalm 23
corin > 1 Corinthians 13
cana > Wedding at Cana
life > Eternal Life, Bread of Life
night > Sunday Night, Wednesday Night
`,
  // One wrong letter, most often the key beside it.
  'typo-substitution': `
worshop < worship > Worship
prqise < praise > Praise
chrisymas < christmas > Christmas
thsnksgiving < thanksgiving > Thanksgiving
gracr < grace > Grace
eastwr < easter > Easter
communiom < communion > Communion
forgivemess < forgiveness > Forgiveness
baptosm < baptism > Baptism
penyecost < pentecost > Pentecost
salvarion < salvation > Salvation
resurrextion < resurrection > Resurrection
revibal < revival > Revival
hezling < healing > Healing
holinees < holiness > Holiness
mercu < mercy > Mercy ~ Ash Wednesday
hosamna < hosanna > Hosanna
allelyia < alleluia > Alleluia
trinitu < trinity > Trinity
epiphsny < epiphany > Epiphany
wedsing < wedding > Wedding
funersl < funeral > Funeral
harcest < harvest > Harvest
advemt < advent > Advent
creatiom < creation > Creation
kingdim < kingdom > Kingdom of God
victoru < victory > Victory ~ Triumphant
redemprion < redemption > Redemption
repentamce < repentance > Repentance
shepgerd < shepherd > Shepherd
justoce < justice > Justice
wisdpm < wisdom > Wisdom
joyfil < joyful > Joyful
reflextive < reflective > Reflective
offertpry < offertory > Offertory
doxologu < doxology > Doxology
magnifivat < magnificat > Magnificat
holy spitit < holy spirit > Holy Spirit
good frisay < good friday > Good Friday
palm sumday < palm sunday > Palm Sunday
hillsomg < hillsong > Hillsong
contemporsry < contemporary > Contemporary
`,
  // One letter too many, doubled or brushed in passing.
  'typo-insertion': `
worrship < worship > Worship
praisse < praise > Praise
christtmas < christmas > Christmas
thanksggiving < thanksgiving > Thanksgiving
gracce < grace > Grace
eastter < easter > Easter
communnion < communion > Communion
forgivenness < forgiveness > Forgiveness
baptissm < baptism > Baptism
pentecostt < pentecost > Pentecost
salvattion < salvation > Salvation
resurrrection < resurrection > Resurrection
revivall < revival > Revival
healiing < healing > Healing
hoiliness < holiness > Holiness
mercyy < mercy > Mercy
trinnity < trinity > Trinity
epipphany < epiphany > Epiphany
weddding < wedding > Wedding
funerral < funeral > Funeral
harvesst < harvest > Harvest
adveent < advent > Advent
creattion < creation > Creation
kingdomn < kingdom > Kingdom of God
victopry < victory > Victory
redemptiion < redemption > Redemption
repenttance < repentance > Repentance
shephherd < shepherd > Shepherd
justicce < justice > Justice
wisddom < wisdom > Wisdom
joyyful < joyful > Joyful
reflecttive < reflective > Reflective
offerrtory < offertory > Offertory
doxoology < doxology > Doxology
magniificat < magnificat > Magnificat
confesssion < confession > Confession
holy spiriit < holy spirit > Holy Spirit
ash wedneesday < ash wednesday > Ash Wednesday
lords prayyer < lords prayer > Lord's Prayer
acousttic < acoustic > Acoustic
vineyatrd < vineyard > Vineyard
`,
  // One letter too few.
  'typo-deletion': `
wrship < worship > Worship
prase < praise > Praise ~ Prayer
chrstmas < christmas > Christmas
thnksgiving < thanksgiving > Thanksgiving
eater < easter > Easter ~ Eternal Life, Living Water
communon < communion > Communion
forgveness < forgiveness > Forgiveness
baptsm < baptism > Baptism
pentcost < pentecost > Pentecost
salvatin < salvation > Salvation
resurrction < resurrection > Resurrection
revval < revival > Revival
healng < healing > Healing
holiess < holiness > Holiness
mrcy < mercy > Mercy
trnity < trinity > Trinity
epiphny < epiphany > Epiphany
weddng < wedding > Wedding
funerl < funeral > Funeral
harvst < harvest > Harvest
advnt < advent > Advent
cretion < creation > Creation
kingdm < kingdom > Kingdom of God
victry < victory > Victory
redmption < redemption > Redemption
repentnce < repentance > Repentance
shephrd < shepherd > Shepherd
justce < justice > Justice
wisdm < wisdom > Wisdom
joyfl < joyful > Joyful
refective < reflective > Reflective
offertry < offertory > Offertory
doxlogy < doxology > Doxology
magnifict < magnificat > Magnificat
benedction < benediction > Benediction
hly spirit < holy spirit > Holy Spirit
good frday < good friday > Good Friday
pslm 23 < psalm 23 > Psalm 23 ~ Psalm
eucharst < eucharist > Communion
acostic < acoustic > Acoustic
contemporay < contemporary > Contemporary
hilsong < hillsong > Hillsong
`,
  // Two letters that changed places.
  'typo-transposition': `
wosrhip < worship > Worship
praies < praise > Praise
grcae < grace > Grace
esater < easter > Easter
chrismtas < christmas > Christmas
thanskgiving < thanksgiving > Thanksgiving
comumnion < communion > Communion
forgivenses < forgiveness > Forgiveness
bapitsm < baptism > Baptism
pentecsot < pentecost > Pentecost
salvtaion < salvation > Salvation
resurrectoin < resurrection > Resurrection
reviavl < revival > Revival
healign < healing > Healing
holinses < holiness > Holiness
mecry < mercy > Mercy
trintiy < trinity > Trinity
epihpany < epiphany > Epiphany
weddign < wedding > Wedding
funearl < funeral > Funeral
harvset < harvest > Harvest
advnet < advent > Advent
creaiton < creation > Creation
kingodm < kingdom > Kingdom of God
victoyr < victory > Victory ~ Triumphant
redepmtion < redemption > Redemption
repentnace < repentance > Repentance
shpeherd < shepherd > Shepherd
jsutice < justice > Justice
wisodm < wisdom > Wisdom
joyflu < joyful > Joyful
relfective < reflective > Reflective
offertoyr < offertory > Offertory
doxoolgy < doxology > Doxology
magnfiicat < magnificat > Magnificat
hloy spirit < holy spirit > Holy Spirit
good fridya < good friday > Good Friday
palm snuday < palm sunday > Palm Sunday
lords paryer < lords prayer > Lord's Prayer
missoin < mission > Mission
glroia < gloria > Gloria
hillsnog < hillsong > Hillsong
`,
  // One slip in a word that is not finished.
  'typo-in-prefix': `
thanmsg < thanksg > Thanksgiving
chrisym < christm > Christmas
wotsh < worsh > Worship
praus < prais > Praise
resurec < resurrec > Resurrection
forgib < forgiv > Forgiveness
commnu < commun > Communion, Community
penrec < pentec > Pentecost
salvst < salvat > Salvation
evanhel < evangel > Evangelism
epiohan < epiphan > Epiphany
redsmp < redemp > Redemption
repenr < repent > Repentance
holt sp < holy sp > Holy Spirit
good fru < good fri > Good Friday
ash wef < ash wed > Ash Wednesday
maunfy < maundy > Maundy Thursday
trimi < trini > Trinity
baptus < baptis > Baptism
kigdo < kingdo > Kingdom of God ~ Kindergottesdienst
shpehe < shephe > Shepherd
sanctof < sanctif > Sanctification
righreo < righteo > Righteousness
providne < providen > Providence
reconcoli < reconcili > Reconciliation
mangif < magnif > Magnificat
doxplo < doxolo > Doxology
benedoc < benedic > Benediction, Benedictus
gathring s < gathering s > Gathering Song
procwss < process > Processional
celebtra < celebra > Celebratory
reflevt < reflect > Reflective
contenpo < contempo > Contemporary
hillsp < hillso > Hillsong
breakrh < breakth > Breakthrough
elevatio w < elevation w > Elevation Worship
soverwig < sovereig > Sovereignty of God, Sovereign Grace
stewrad < steward > Stewardship
persrve < perseve > Perseverance
inatrum < instrum > Instrumental
candlwli < candleli > Candlelight Service
incarnst < incarnat > Incarnation
`,
  // The slip is in the first letter.
  'first-letter-typo': `
eorship < worship > Worship
oraise < praise > Praise ~ Resurrection
vhristmas < christmas > Christmas
rhanksgiving < thanksgiving > Thanksgiving
frace < grace > Grace
wpiphany < epiphany > Epiphany
xommunion < communion > Communion
dorgiveness < forgiveness > Forgiveness
naptism < baptism > Baptism
oentecost < pentecost > Pentecost
dalvation < salvation > Salvation
tesurrection < resurrection > Resurrection
eevival < revival > Revival
jealing < healing > Healing
joliness < holiness > Holiness
nercy < mercy > Mercy
yrinity < trinity > Trinity
eedding < wedding > Wedding
guneral < funeral > Funeral
jarvest < harvest > Harvest
sdvent < advent > Advent
vreation < creation > Creation
lingdom < kingdom > Kingdom of God
cictory < victory > Victory
tedemption < redemption > Redemption
eepentance < repentance > Repentance
dhepherd < shepherd > Shepherd
kustice < justice > Justice
eisdom < wisdom > Wisdom
hoyful < joyful > Joyful
hospel < gospel > Gospel
nission < mission > Mission
josanna < hosanna > Hosanna
slleluia < alleluia > Alleluia
hloria < gloria > Gloria
xonfession < confession > Confession
soxology < doxology > Doxology
joly spirit < holy spirit > Holy Spirit
food friday < good friday > Good Friday
jillsong < hillsong > Hillsong
orship < worship > Worship
hristmas < christmas > Christmas
owrship < worship > Worship
wworship < worship > Worship
`,
  // Another name of the tag, whole or begun.
  synonym: `
xmas > Christmas
noel > Christmas
navidad > Christmas
weihnachten > Christmas
nativity > Christmas
eucharist > Communion
lords supper > Communion
holy communion > Communion
abendmahl > Communion
holy ghost > Holy Spirit
emmanuel > Incarnation
calvary > Passion of Christ
crucifix > Passion of Christ
good news > Gospel
hallelujah > Alleluia
gratitude > Thanksgiving
thankful > Thanksgiving
marriage > Wedding
burial > Funeral
kids > Children
sunday school > Children
bible > Scripture
word of god > Scripture
our father > Lord's Prayer
pfingsten > Pentecost
whitsun > Pentecost
ostern > Easter
pascua > Easter
lobpreis > Praise
alabanza > Praise
ptl > Praise
p&w > Praise and Worship
gebet > Prayer
christening > Baptism
watchnight > New Year
wise men > Epiphany
triumphal > Palm Sunday
vespers > Evening
savior > Saviour
messiah > Saviour
ballad > Slow
fast song > Upbeat
happy > Joyful
sad > Mournful
tithing > Stewardship
end times > Second Coming
agape > Love of God
abba > Father God
shalom > Peace
jireh > Providence
unplugged > Acoustic
cell group > Home Group
miserere > Psalm 51
boxing day > St. Stephen's Day
`,
  // Typed without the marks: accents, umlauts, ß, apostrophes, hyphens, ampersands, capitals.
  diacritics: `
careme < Carême > Lent
noël < noel > Christmas
paques < Pâques > Easter
pascoa < Páscoa > Easter
oracion < Oración > Prayer
oracao < Oração > Prayer
adoracion < Adoración > Worship, Adoración Nocturna
bendicion < Bendición > Blessing, Bendición del hogar
creacion < Creación > Creation
schopfung < Schöpfung > Creation
schoepfung < Schöpfung > Creation
eglise < Église > Church
priere < Prière > Prayer, Prière du soir
perdon < Perdón > Forgiveness
ninos < Niños > Children
nino jesus < Niño Jesús > Niño Jesús
taize < Taizé > Taizé
grundonnerstag < Gründonnerstag > Maundy Thursday
gruendonnerstag < Gründonnerstag > Maundy Thursday
epifania < Epifanía > Epiphany
jovenes < Jóvenes > Youth
accion de gracias < Acción de gracias > Thanksgiving
corazon < Corazón > Corazón
coracao < Coração > Coração
sao joao < São João > São João
strassenmusik < Straßenmusik > Straßenmusik
fusswaschung < Fußwaschung > Fußwaschung
grosse gottes < Größe Gottes > Größe Gottes
friedensgruss < Friedensgruß > Friedensgruß
koledy < Kolędy > Kolędy
milosc < Miłość > Miłość
swiety < Święty > Święty
vanoce < Vánoce > Vánoce
husvet < Húsvét > Húsvét
dicsoites < Dicsőítés > Dicsőítés
lovsang < Lovsång > Lovsång
hojmesse < Højmesse > Højmesse
thanh ca < Thánh Ca > Thánh Ca
giang sinh < Giáng Sinh > Giáng Sinh
chant dentree < Chant d'entrée > Chant d'entrée
mothers day < Mother's Day > Mother's Day
father’s day < Father's Day > Father's Day
all saints day < All Saints' Day > All Saints
noahs ark < Noah's Ark > Noah's Ark
st patricks day < St. Patrick's Day > St. Patrick's Day
rock n roll < Rock 'n' Roll > Rock 'n' Roll
prayer and fasting < Prayer & Fasting > Prayer & Fasting
mary and martha < Mary & Martha > Mary & Martha
john 3 16 < John 3:16 > John 3:16
CHRISTMAS < christmas > Christmas
`,
  // The middle of a word, or words run together.
  infix: `
giving > Thanksgiving
surrection > Resurrection
demption > Redemption
pentance > Repentance
carnation > Incarnation
fession > Confession
sanna > Hosanna
leluia > Alleluia
lujah > Alleluia
fication > Sanctification, Justification
cessional > Processional, Recessional
figuration > Transfiguration
ertory > Offertory
xology > Doxology
nificat > Magnificat
dictus > Benedictus
nunciation > Annunciation
mittis > Nunc Dimittis
tecost > Pentecost
tismal > Baptism
nuel > Incarnation
fixion > Passion of Christ
verance > Deliverance, Perseverance
gottesdienst > Kindergottesdienst, Erntedankgottesdienst
spiel > Krippenspiel
lied > Weihnachtslied, Königslied
musik > Straßenmusik
waschung > Fußwaschung
liebe > Love of God, Nächstenliebe
through > Breakthrough
flow > Overflow
yard > Vineyard
light > Light, Candlelight Service
stone > Cornerstone
groom > Bridegroom
temporary > Contemporary
mental > Mental Health, Instrumental
chism > Catechism
rusalem > Jerusalem
hiphop > Hip-Hop
homegroup > Home Group
goodfriday > Good Friday
holyspirit > Holy Spirit
newyear > New Year
palmsunday > Palm Sunday
`,
  // Names in other scripts: begun, later words, other letter forms, a slip, what an input method shows in between.
  'other-script': `
рожд > Рождество
рождество > Рождество
рождетсво < рождество > Рождество
пасх > Пасха
хвал > Хвала
молит > Молитва
молтва < молитва > Молитва
поклон > Поклонение
благод > Благодать
благодпть < благодать > Благодать
святой д > Святой Дух
дух > Святой Дух
елка < ёлка > Ёлка
песни > Детские песни
велик > Великдень
різдв > Різдво
αναστ < Ανάστ > Ανάσταση
πασχα < Πάσχα > Πάσχα
ΠΑΣΧΑ < Πάσχα > Πάσχα
χριστ > Χριστούγεννα
προσευχη < Προσευχή > Προσευχή
πνευμα < Πνεύμα > Άγιο Πνεύμα
圣诞 > 圣诞节
敬拜 > 敬拜
赞 > 赞美
圣 > 圣诞节, 圣餐, 圣灵
诗歌 > 儿童诗歌
十字 > 十字架
讚美 > 赞美
クリス > クリスマス
くりす < クリス > クリスマス
ｸﾘｽﾏｽ < クリスマス > クリスマス
さんびか > こどもさんびか
賛 > 賛美
ゴスペ > ゴスペル
찬양 > 찬양
부활 > 부활절
성타 < 성탄 > 성탄절
찬송 > 어린이 찬송
عيد > عيد الميلاد, عيد الفصح
الميلاد > عيد الميلاد
صلاه < صلاة > صلاة
قيامة > القيامة
תפיל > תפילה
הללו > הללויה
שלום > שבת שלום
स्तु > स्तुति
प्रार्थ > प्रार्थना
क्रिस > क्रिसमस
मसीह > यीशु मसीह
`,
  // Keys hit at random, and words that no songbook has a tag for.
  none: `
qzxv
xqwzk
zzzz
asdfghj
hjkl
qwrtp
vbnm
wxyzq
bvbvbv
kkkkkk
xyzzy
fjdksl
plmokn
tyuiop
zxcvbn
qqq
99999
0000
microwave
spreadsheet
bicycle
football
volleyball
cryptocurrency
kubernetes
dinosaur
giraffe
penguin
sandwich
broccoli
helicopter
smartphone
pizza
xylophone
dishwasher
lorem ipsum
ыъщжз
ψξζχ
龘靐
ぷぺぽゐ
쀍쀓
🎸🎸
`,
}

export const labels: readonly Label[] = parseLabels(LABEL_LINES)
