import type { TagCategory } from '../../../src/features/songs/validation/constants/themes.ts'

/** A tag that people made: what song collections hold beside the standard vocabulary. */
interface CustomTag {
  name: string
  category: TagCategory
  /** Songs that carry it. */
  usage: number
  synonyms: readonly string[]
}

/** name | category | usage | synonyms; the kinds are those of real collections, the lines are written for this. */
const CUSTOM_LINES = `
Contemporary | mood | 140 | Modern Worship
Oldie | mood | 60 | Oldies, Golden Oldies
Swung | mood | 12 | Swing Feel
Acoustic | mood | 75 | Unplugged
A Cappella | mood | 41 | Acapella
Rock | mood | 33 |
Rock 'n' Roll | mood | 4 |
Folk | mood | 29 | Folk Song
Country | mood | 18 |
Bluegrass | mood | 14 |
Reggae | mood | 9 |
Hip-Hop | mood | 11 | Rap
R&B | mood | 8 | Rhythm and Blues
Jazz | mood | 13 |
Celtic | mood | 27 | Irish
Black Gospel | mood | 17 |
Southern Gospel | mood | 22 |
Gospel Choir | theme | 38 |
Choir | theme | 57 | SATB
Men's Choir | theme | 6 | Male Voice Choir
Two-Part Choir | theme | 7 |
Brass Band | theme | 5 |
Organ | theme | 16 |
Piano | theme | 24 |
Guitar | theme | 31 |
Instrumental | mood | 26 |
Round | theme | 10 | Canon
Call and Response | theme | 15 |
Medley | theme | 19 | Mashup
Easy Chords | theme | 36 | Three Chords
Key of G | theme | 21 |
Key of D | theme | 17 |
6/8 Time | theme | 8 | Six Eight
24/7 Prayer | theme | 7 |
Psalm 1 | theme | 6 |
Psalm 23 | theme | 44 |
Psalm 46 | theme | 12 |
Psalm 51 | theme | 11 | Miserere
Psalm 91 | theme | 9 |
Psalm 100 | theme | 14 | Jubilate Deo
Psalm 121 | theme | 10 |
Psalm 139 | theme | 8 |
Psalm 150 | theme | 13 |
John 3:16 | theme | 9 |
1 Corinthians 13 | theme | 5 |
Romans 8 | theme | 7 |
Isaiah 40 | theme | 6 |
Revelation 4 | theme | 5 |
Beatitudes | theme | 8 | Sermon on the Mount
Ten Commandments | theme | 3 | Decalogue
Year A | liturgical | 12 |
Year B | liturgical | 11 |
Year C | liturgical | 13 |
Ordinary Time | liturgical | 23 | Green Season
Opener | liturgical | 48 |
Closer | liturgical | 25 |
Prelude | liturgical | 9 |
Postlude | liturgical | 6 |
Interlude | liturgical | 4 |
Pre-Service | liturgical | 7 |
First Sunday | occasion | 5 |
Low Sunday | occasion | 2 |
Gaudete Sunday | occasion | 3 |
Sunday Morning | occasion | 37 |
Sunday Night | occasion | 20 |
Wednesday Night | occasion | 16 |
Midweek | occasion | 8 |
Prayer Meeting | occasion | 28 |
Prayer & Fasting | occasion | 9 |
Fasting | theme | 12 |
Home Group | occasion | 21 | Cell Group, House Group
Men's Breakfast | occasion | 4 |
Women's Ministry | occasion | 6 |
Alpha Course | occasion | 5 |
Q&A Night | occasion | 1 |
School Assembly | occasion | 14 |
Carol Service | occasion | 18 |
Candlelight Service | occasion | 11 |
Lessons & Carols | occasion | 9 |
Blue Christmas | occasion | 3 |
Christingle | occasion | 4 |
Las Posadas | occasion | 3 |
St. Patrick's Day | occasion | 5 |
St. Stephen's Day | occasion | 2 | Boxing Day
Michaelmas | occasion | 2 |
Rogation | occasion | 1 |
Stations of the Cross | liturgical | 10 | Via Crucis
Tenebrae | liturgical | 4 |
O Antiphons | liturgical | 3 |
Action Song | theme | 22 | Hand Motions
King's Kids | theme | 6 |
Kids & Youth | theme | 13 |
Nursery | theme | 5 | Toddlers
David & Goliath | theme | 3 |
Noah's Ark | theme | 6 | Noah
Mary & Martha | theme | 2 |
Moses | theme | 5 |
Jonah | theme | 3 |
Exodus | theme | 7 |
Zion | theme | 19 |
Israel | theme | 8 |
Jerusalem | theme | 9 |
Prodigal Son | theme | 8 | Lost Son
Good Samaritan | theme | 4 |
Wedding at Cana | theme | 2 |
Living Water | theme | 17 |
Bread of Life | theme | 15 |
True Vine | theme | 5 |
Cornerstone | theme | 12 |
Alpha & Omega | theme | 7 |
Lion of Judah | theme | 16 |
Lamb of God | theme | 34 |
Ancient of Days | theme | 8 |
El Shaddai | theme | 5 |
Yahweh | theme | 14 | YHWH
Hillsong | theme | 66 | Hillsong United
Bethel Music | theme | 43 | Bethel
Elevation Worship | theme | 39 |
Vineyard | theme | 30 |
Sovereign Grace | theme | 17 |
Iona Community | theme | 9 | Wild Goose
Jesus Culture | theme | 18 |
Chris Tomlin | theme | 35 |
Matt Redman | theme | 24 |
Graham Kendrick | theme | 12 |
Charles Wesley | theme | 26 |
Isaac Watts | theme | 20 |
Fanny Crosby | theme | 15 |
Martin Luther | theme | 8 |
Bach Chorale | theme | 6 |
Sacred Harp | theme | 5 | Shape Note
Anxiety | theme | 11 | Worry
Mental Health | theme | 7 |
Addiction Recovery | theme | 3 |
Homecoming | occasion | 5 |
Creation Care | theme | 9 | Environment, Climate
Refugees | theme | 4 |
Identity in Christ | theme | 21 |
Faith & Works | theme | 3 |
Law & Gospel | theme | 2 |
Fire | theme | 18 |
River | theme | 12 |
Ocean | theme | 10 |
Storm | theme | 9 |
Anchor | theme | 8 |
Wilderness | theme | 7 |
Throne | theme | 14 |
Dance | mood | 13 |
Silence | mood | 4 |
Spontaneous | mood | 16 |
Prophetic | mood | 9 |
Soaking | mood | 10 |
Bridegroom | theme | 4 |
Overflow | theme | 6 |
Breakthrough | theme | 23 |
New Song | theme | 11 |
Songs of Ascent | theme | 4 |
Catechism | theme | 3 |
Favourites | theme | 32 | Favorites
Pastor's Picks | theme | 5 |
ICP | theme | 70 |
Lobpreisabend | occasion | 6 |
Krippenspiel | occasion | 4 |
Weihnachtslied | occasion | 15 |
Kindergottesdienst | occasion | 8 | KiGo
Erntedankgottesdienst | occasion | 2 |
Straßenmusik | mood | 2 |
Größe Gottes | theme | 7 |
Fußwaschung | liturgical | 2 |
Friedensgruß | liturgical | 3 |
Jüngerschaft | theme | 4 |
Nächstenliebe | theme | 5 |
Königslied | theme | 1 |
Abendsegen | liturgical | 3 |
Chant d'entrée | liturgical | 8 |
Cantique de Noël | occasion | 4 |
Prière du soir | liturgical | 3 |
Veillée | occasion | 2 |
Réconfort | theme | 3 |
Fête des Mères | occasion | 2 |
Corazón | theme | 5 |
Quinceañera | occasion | 3 |
Bendición del hogar | occasion | 2 |
Adoración Nocturna | liturgical | 3 |
Niño Jesús | theme | 4 |
Coração | theme | 6 |
São João | occasion | 2 |
Canção de Ninar | mood | 1 |
Kolędy | occasion | 9 |
Miłość | theme | 4 |
Święty | theme | 5 |
Vánoce | occasion | 6 |
Chvála | theme | 7 |
Křest | liturgical | 3 |
Húsvét | occasion | 4 |
Dicsőítés | theme | 5 |
Påsk | occasion | 3 |
Lovsång | theme | 8 |
Højmesse | liturgical | 2 |
Ylistys | theme | 4 |
Övgü | theme | 2 |
Învierea | occasion | 2 |
Thánh Ca | theme | 3 |
Giáng Sinh | occasion | 4 |
Waiata | theme | 3 |
Krismasi | occasion | 2 |
Cymanfa Ganu | occasion | 2 |
Рождество | occasion | 21 |
Пасха | occasion | 17 |
Хвала | theme | 25 |
Молитва | theme | 19 |
Поклонение | theme | 16 |
Благодать | theme | 13 |
Крещение | liturgical | 8 |
Святой Дух | theme | 11 |
Воскресение | theme | 9 |
Покаяние | theme | 7 |
Ёлка | occasion | 2 |
Детские песни | theme | 10 |
Різдво | occasion | 6 |
Великдень | occasion | 5 |
Подяка | theme | 4 |
Χριστούγεννα | occasion | 5 |
Πάσχα | occasion | 6 |
Ανάσταση | theme | 5 |
Προσευχή | theme | 4 |
Άγιο Πνεύμα | theme | 3 |
Ελπίδα | theme | 3 |
Αγάπη | theme | 4 |
圣诞节 | occasion | 14 |
复活节 | occasion | 10 |
感恩节 | occasion | 7 |
敬拜 | theme | 22 |
赞美 | theme | 24 | 讚美
祷告 | theme | 12 |
圣餐 | liturgical | 9 |
圣灵 | theme | 8 |
十字架 | theme | 11 |
儿童诗歌 | theme | 5 |
クリスマス | occasion | 9 |
イースター | occasion | 6 |
賛美 | theme | 12 |
祈り | theme | 8 |
礼拝 | theme | 7 |
聖霊 | theme | 4 |
ゴスペル | mood | 5 |
こどもさんびか | theme | 4 |
찬양 | theme | 23 |
예배 | theme | 18 |
기도 | theme | 13 |
부활절 | occasion | 8 |
성탄절 | occasion | 9 |
은혜 | theme | 11 |
십자가 | theme | 7 |
어린이 찬송 | theme | 3 |
عيد الميلاد | occasion | 5 |
عيد الفصح | occasion | 4 |
تسبيح | theme | 7 |
صلاة | theme | 6 |
محبة | theme | 4 |
القيامة | theme | 3 |
תפילה | theme | 5 |
הללויה | theme | 6 |
שבת שלום | occasion | 4 |
תהילים | theme | 5 |
स्तुति | theme | 6 |
प्रार्थना | theme | 5 |
आराधना | theme | 7 |
क्रिसमस | occasion | 4 |
अनुग्रह | theme | 3 |
यीशु मसीह | theme | 8 |
`

export const customTags: readonly CustomTag[] = CUSTOM_LINES.trim()
  .split('\n')
  .map((line) => {
    const [name = '', category, usage, synonyms = ''] = line.split('|').map((part) => part.trim())
    return {
      name,
      category: category as TagCategory,
      usage: Number(usage),
      synonyms: synonyms ? synonyms.split(', ') : [],
    }
  })
