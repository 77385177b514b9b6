/** One idea that songs are filed under, and the honest ways in which people write it. */
export interface ThemeWord {
  /** The tidy English spelling. */
  word: string
  /** Abbreviations, older words and near-synonyms, as people file them. */
  synonyms: readonly string[]
  /** The same idea by ISO 639 language code. */
  translations: Readonly<Record<string, string>>
}

/** word | synonyms | translations; the hymns' themes are the words of this list. */
const WORD_LINES = `
Christmas | Xmas, X-mas, Nativity, Yuletide, Christmastide | de Weihnachten, es Navidad, fr Noël, la Nativitas Domini, ru Рождество, ko 성탄절, zh 圣诞节, ja クリスマス, sw Krismasi, pl Boże Narodzenie, cs Vánoce, it Natale, pt Natal, sv Jul
Praise | Praises to God, Praising, Laud | de Lobpreis, es Alabanza, fr Louange, la Laus, ru Хвала, ko 찬양, zh 赞美, ja 賛美, sw Sifa, cy Mawl, pt Louvor, nl Lofprijzing
Prayer | Praying, Intercession, Petition | de Gebet, es Oración, fr Prière, la Oratio, ru Молитва, ko 기도, zh 祷告, ja 祈り, sw Maombi, uk Молитва, pt Oração
Trust | Trusting God, Reliance, Dependence | de Vertrauen, es Confianza, fr Confiance, la Fiducia, ru Доверие, ko 신뢰, zh 信靠, sw Tumaini kwa Mungu
Devotion | Adoration of Jesus, Intimacy, Closeness to God | de Hingabe, es Devoción, fr Dévotion, la Devotio, ru Благоговение, ko 헌신, zh 敬虔, sw Ibada
Joy | Rejoicing, Gladness | de Freude, es Gozo, fr Joie, la Gaudium, ru Радость, ko 기쁨, zh 喜乐, ja 喜び, sw Furaha, el Χαρά
Cross | The Cross, Calvary, Crucifixion | de Kreuz, es Cruz, fr Croix, la Crux, ru Крест, ko 십자가, zh 十字架, ja 十字架, sw Msalaba
Peace | Shalom, Inner Peace | de Frieden, es Paz, fr Paix, la Pax, ru Мир, ko 평화, zh 平安, ja 平和, sw Amani, el Εἰρήνη, mi Rangimārie
Comfort | Consolation, Solace | de Trost, es Consuelo, fr Consolation, la Consolatio, ru Утешение, ko 위로, zh 安慰, sw Faraja
Children | Kids, Kids Songs, Sunday School | de Kinder, es Niños, fr Enfants, la Pueri, ru Дети, ko 어린이, zh 儿童, ja こども, sw Watoto
Thanksgiving | Gratitude, Thankfulness, Thanks | de Dank, es Acción de gracias, fr Action de grâce, la Gratiarum actio, ru Благодарение, ko 감사, zh 感恩, sw Shukrani, nl Dankdag
Love of God | God's Love, Love, Divine Love | de Gottes Liebe, es Amor de Dios, fr Amour de Dieu, la Amor Dei, ru Любовь Божия, ko 하나님의 사랑, zh 神的爱, ja 神の愛, sw Upendo wa Mungu
Creation | Nature, Creator, God the Creator | de Schöpfung, es Creación, fr Création, la Creatio, ru Творение, ko 창조, zh 创造, sw Uumbaji, pt Criação, sv Skapelsen
Incarnation | Word Made Flesh, God with Us | de Menschwerdung, es Encarnación, fr Incarnation, la Incarnatio, ru Воплощение, ko 성육신, zh 道成肉身
Easter | Eastertide, Pascha, Paschal | de Ostern, es Pascua, fr Pâques, la Pascha, ru Пасха, ko 부활절, zh 复活节, ja イースター, sw Pasaka, pl Wielkanoc
Advent | Adventide, Waiting for Christ | de Adventszeit, es Adviento, fr Avent, la Adventus, ru Адвент, ko 대림절, zh 将临期, sw Majilio
Suffering | Trials, Affliction, Hard Times | de Leid, es Sufrimiento, fr Souffrance, la Passio, ru Страдание, ko 고난, zh 苦难, sw Mateso
Worship | Adoration, Worshipping | de Anbetung, es Adoración, fr Adoration, la Adoratio, ru Поклонение, ko 예배, zh 敬拜, ja 礼拝, sw Kuabudu
Guidance | Leading, God's Leading, Direction | de Führung, es Guía, fr Conduite, la Ductus, ru Водительство, ko 인도하심, zh 引导, sw Uongozi
Kingship of Christ | Christ the King, King of Kings, Reign of Christ | de Königsherrschaft Christi, es Cristo Rey, fr Christ Roi, la Christus Rex, ru Царь царей, ko 왕이신 그리스도, zh 基督是王
Providence | God's Care, Provision | de Vorsehung, es Providencia, fr Providence, la Providentia, ru Провидение, ko 섭리, zh 护理
Resurrection | Risen Lord, He Is Risen | de Auferstehung, es Resurrección, fr Résurrection, la Resurrectio, ru Воскресение, ko 부활, zh 复活, sw Ufufuo, el Ἀνάστασις
Freedom | Liberty, Deliverance | de Freiheit, es Libertad, fr Liberté, la Libertas, ru Свобода, ko 자유, zh 自由, sw Uhuru
Communion | Lord's Supper, Eucharist, Holy Communion, Lords Table | de Abendmahl, es Santa Cena, fr Sainte Cène, la Eucharistia, ru Причастие, ko 성찬, zh 圣餐, sw Meza ya Bwana
Grace | God's Grace, Unmerited Favour | de Gnade, es Gracia, fr Grâce, la Gratia, ru Благодать, ko 은혜, zh 恩典, ja 恵み, sw Neema, el Χάρις, pt Graça
Protection | Safety, Shelter | de Schutz, es Protección, fr Protection, la Tutela, ru Защита, ko 보호, zh 保护, sw Ulinzi
Hope | Hopefulness, Blessed Hope | de Hoffnung, es Esperanza, fr Espérance, la Spes, ru Надежда, ko 소망, zh 盼望, ja 希望, sw Tumaini
Nations | All Nations, Peoples, Global Church | de Völker, es Naciones, fr Nations, la Gentes, ru Народы, ko 열방, zh 万国, sw Mataifa
Majesty | Greatness of God, Awe | de Majestät, es Majestad, fr Majesté, la Maiestas, ru Величие, ko 위엄, zh 威严
Heaven | Eternal Home, Glory Land | de Himmel, es Cielo, fr Ciel, la Caelum, ru Небеса, ko 천국, zh 天堂, sw Mbinguni
Holy Spirit | Holy Ghost, HS, Spirit of God | de Heiliger Geist, es Espíritu Santo, fr Saint-Esprit, la Spiritus Sanctus, ru Святой Дух, ko 성령, zh 圣灵, ja 聖霊, sw Roho Mtakatifu
Victory | Triumph, Overcoming | de Sieg, es Victoria, fr Victoire, la Triumphus, ru Победа, ko 승리, zh 得胜, sw Ushindi
Salvation | Saved, Being Saved | de Erlösung, es Salvación, fr Salut, la Salus, ru Спасение, ko 구원, zh 救恩, ja 救い, sw Wokovu
Trinity | Holy Trinity, Triune God | de Dreieinigkeit, es Trinidad, fr Trinité, la Trinitas, ru Троица, ko 삼위일체, zh 三位一体, sw Utatu
Spiritual Warfare | Warfare, Spiritual Battle, Armor of God, Armour of God | de Geistlicher Kampf, es Guerra espiritual, fr Combat spirituel, ru Духовная брань, ko 영적 전쟁, zh 属灵争战
Good Friday | Passion, Passion of Christ, Gd Friday | de Karfreitag, es Viernes Santo, fr Vendredi saint, la Parasceve, ru Страстная пятница, ko 성금요일, zh 受难日, sw Ijumaa Kuu
Mission | Missionary, World Mission, Outreach | de Sendungsauftrag, es Misión, fr Mission, la Missio, ru Миссия, ko 선교, zh 宣教, sw Umisheni
Repentance | Penitence, Confession, Contrition | de Buße, es Arrepentimiento, fr Repentance, la Paenitentia, ru Покаяние, ko 회개, zh 悔改, sw Toba
Courage | Boldness, Bravery | de Mut, es Valentía, fr Courage, la Fortitudo, ru Мужество, ko 용기, zh 勇气
Psalms | Psalter, Psalm Settings | de Psalmen, es Salmos, fr Psaumes, la Psalmi, ru Псалмы, ko 시편, zh 诗篇, sw Zaburi
Angels | Angelic Host, Heavenly Host | de Engel, es Ángeles, fr Anges, la Angeli, ru Ангелы, ko 천사, zh 天使, sw Malaika
Service | Serving, Servanthood | de Dienst, es Servicio, fr Service, la Ministerium, ru Служение, ko 섬김, zh 服事, sw Huduma
Evening | Vespers, Night, Evening Hymn | de Abend, es Noche, fr Soir, la Vesperae, ru Вечер, ko 저녁, zh 晚祷
Funeral | Memorial, Burial, Bereavement | de Beerdigung, es Funeral, fr Funérailles, la Exsequiae, ru Похороны, ko 장례, zh 安息礼拜, sw Mazishi
Redemption | Redeemer, Redeemed | de Loskauf, es Redención, fr Rédemption, la Redemptio, ru Искупление, ko 구속, zh 救赎
Strength | Power of God, Might | de Stärke, es Fortaleza, fr Force, la Virtus, ru Сила, ko 힘, zh 力量, sw Nguvu
Commitment | Dedication of Life, Vow | de Entschluss, es Compromiso, fr Engagement, ru Посвящение, ko 결단, zh 委身
Surrender | Yielding, Submission | de Übergabe, es Rendición, fr Abandon à Dieu, ko 내려놓음, zh 降服
Blood of Christ | The Blood, Blood of Jesus, Precious Blood | de Blut Christi, es Sangre de Cristo, fr Sang du Christ, la Sanguis Christi, ru Кровь Христа, ko 보혈, zh 宝血, sw Damu ya Yesu
Word of God | Scripture, Bible, God's Word | de Wort Gottes, es Palabra de Dios, fr Parole de Dieu, la Verbum Dei, ru Слово Божие, ko 하나님의 말씀, zh 神的话, sw Neno la Mungu
Church | Body of Christ, Ecclesia | de Kirche, es Iglesia, fr Église, la Ecclesia, ru Церковь, ko 교회, zh 教会, ja 教会, sw Kanisa
Light | Light of the World | de Licht, es Luz, fr Lumière, la Lux, ru Свет, ko 빛, zh 光, sw Nuru, el Φῶς
Holy Week | Passion Week, Passiontide | de Karwoche, es Semana Santa, fr Semaine sainte, la Hebdomada Sancta, ru Страстная неделя, ko 고난주간, zh 圣周
Gospel | Good News, The Gospel | de Evangelium, es Evangelio, fr Évangile, la Evangelium, ru Евангелие, ko 복음, zh 福音, sw Injili
Pilgrimage | Journey, Pilgrim Journey | de Pilgerschaft, es Peregrinación, fr Pèlerinage, la Peregrinatio, ko 순례, zh 天路
Zion | Sion, Jerusalem | de Zion, es Sión, fr Sion, ru Сион, ko 시온, zh 锡安
Unity | Oneness, Christian Unity | de Einheit, es Unidad, fr Unité, la Unitas, ru Единство, ko 하나됨, zh 合一, sw Umoja
Faith | Believing, Belief | de Glaube, es Fe, fr Foi, la Fides, ru Вера, ko 믿음, zh 信心, ja 信仰, sw Imani, el Πίστις
Discipleship | Following Jesus, Disciples | de Nachfolge, es Discipulado, fr Vie de disciple, ru Ученичество, ko 제자도, zh 门徒训练
Pentecost | Whitsun, Whitsuntide | de Pfingsten, es Pentecostés, fr Pentecôte, la Pentecostes, ru Пятидесятница, ko 성령강림절, zh 五旬节, sw Pentekoste
Testimony | My Story, Witness | de Zeugnis, es Testimonio, fr Témoignage, la Testimonium, ru Свидетельство, ko 간증, zh 见证, sw Ushuhuda
Second Coming | Return of Christ, 2nd Coming, Parousia | de Wiederkunft, es Segunda venida, fr Retour du Christ, ru Второе пришествие, ko 재림, zh 再来
Mercy | Mercies, Lovingkindness | de Barmherzigkeit, es Misericordia, fr Miséricorde, la Misericordia, ru Милость, ko 자비, zh 怜悯, ja 憐れみ, sw Rehema
Good Shepherd | Shepherd, The Lord My Shepherd | de Guter Hirte, es Buen Pastor, fr Bon Berger, la Pastor Bonus, ru Добрый Пастырь, ko 선한 목자, zh 好牧人
Name of Jesus | Jesus' Name, The Name | de Name Jesu, es Nombre de Jesús, fr Nom de Jésus, la Nomen Iesu, ru Имя Иисуса, ko 예수의 이름, zh 耶稣的名
Assurance | Security, Blessed Assurance | de Heilsgewissheit, es Seguridad, fr Assurance du salut, ru Уверенность, ko 확신, zh 确据
Refuge | Hiding Place, Stronghold | de Zuflucht, es Refugio, fr Refuge, la Refugium, ru Прибежище, ko 피난처, zh 避难所
Forgiveness | Pardon, Forgiven | de Vergebung, es Perdón, fr Pardon, la Remissio, ru Прощение, ko 용서, zh 赦免, sw Msamaha
Epiphany | Three Kings, Magi, Theophany | de Epiphanias, es Epifanía, fr Épiphanie, la Epiphania, ru Богоявление, ko 주현절, zh 主显节
Justice | Social Justice, Righteous Justice | de Gerechtigkeit, es Justicia, fr Justice, la Iustitia, ru Справедливость, ko 정의, zh 公义, sw Haki
Harvest | Harvest Festival, Ingathering | de Erntedank, es Cosecha, fr Moisson, la Messis, ru Жатва, ko 추수, zh 收割, sw Mavuno
Invitation | Altar Call, Come to Jesus | de Einladung, es Invitación, fr Invitation, ru Призыв, ko 초청, zh 呼召
Friendship | Friend, Jesus Our Friend | de Freundschaft, es Amistad, fr Amitié, la Amicitia, ru Дружба, ko 우정, zh 友谊, ja 友, sw Urafiki
Reformation | Reformation Day, Reformation Sunday | de Reformationstag, es Reforma, fr Réforme, ru Реформация, ko 종교개혁, zh 宗教改革
Eternity | Eternal Life, Everlasting | de Ewigkeit, es Eternidad, fr Éternité, la Aeternitas, ru Вечность, ko 영원, zh 永恒, sw Uzima wa milele
Lent | Lenten, Forty Days | de Fastenzeit, es Cuaresma, fr Carême, la Quadragesima, ru Великий пост, ko 사순절, zh 大斋期, sw Kwaresima
Judgment | Judgement, Last Judgment, Day of Wrath | de Gericht, es Juicio, fr Jugement, la Iudicium, ru Суд, ko 심판, zh 审判
Ascension | Ascension Day, Exaltation of Christ | de Himmelfahrt, es Ascensión, fr Ascension, la Ascensio, ru Вознесение, ko 승천, zh 升天
Call to Worship | Opening, Gathering Song, Introit | de Eingangslied, es Llamado a la adoración, fr Appel à la louange, ko 예배로 부름, zh 宣召
Palm Sunday | Palms, Triumphal Entry | de Palmsonntag, es Domingo de Ramos, fr Dimanche des Rameaux, la Dominica Palmarum, ru Вербное воскресенье, ko 종려주일, zh 棕枝主日
Evangelism | Evangelistic, Witnessing, Soul Winning | de Evangelisation, es Evangelismo, fr Évangélisation, ru Евангелизация, ko 전도, zh 传福音, sw Uinjilisti
Baptism | Baptismal, Water Baptism, Christening | de Taufe, es Bautismo, fr Baptême, la Baptismus, ru Крещение, ko 세례, zh 洗礼, sw Ubatizo, sv Dop
Sending | Dismissal, Sending Forth, Closing | de Aussendung, es Envío, fr Envoi, ko 파송, zh 差遣
Consecration | Set Apart, Dedicated Life | de Weihe, es Consagración, fr Consécration, la Consecratio, ru Освящение, ko 성별, zh 奉献
Work | Labour, Labor, Vocation | de Arbeit, es Trabajo, fr Travail, la Labor, ru Труд, ko 일, zh 工作, sw Kazi
Blessing | Benediction, Blessings | de Segen, es Bendición, fr Bénédiction, la Benedictio, ru Благословение, ko 축복, zh 祝福, sw Baraka, xh Intsikelelo
Spiritual | Negro Spiritual, Spirituals, African American Spiritual |
Wisdom | Understanding, Discernment | de Weisheit, es Sabiduría, fr Sagesse, la Sapientia, ru Мудрость, ko 지혜, zh 智慧, sw Hekima
Sanctification | Holy Living, Growth in Grace | de Heiligung, es Santificación, fr Sanctification, la Sanctificatio, ru Освящение жизни, ko 성화, zh 成圣
Faithfulness | God's Faithfulness, Faithful God | de Treue, es Fidelidad, fr Fidélité, la Fidelitas, ru Верность, ko 신실하심, zh 信实, sw Uaminifu
Bread of Life | Living Bread, Manna | de Brot des Lebens, es Pan de vida, fr Pain de vie, la Panis vitae, ko 생명의 떡, zh 生命的粮
Temptation | Tempted, Resisting Temptation | de Versuchung, es Tentación, fr Tentation, la Tentatio, ru Искушение, ko 시험, zh 试探
Gathering | Entrance, Assembling | de Versammlung, es Reunión, fr Rassemblement, ko 모임, zh 聚会
Fellowship | Koinonia, Community | de Gemeinschaft, es Comunión fraternal, fr Communion fraternelle, ru Общение, ko 교제, zh 团契, sw Ushirika
Mary | Virgin Mary, BVM, Marian | de Maria, es María, fr Marie, la Beata Virgo, ru Мария, ko 마리아, zh 马利亚
Holiness | Holy, Holiness of God | de Heiligkeit, es Santidad, fr Sainteté, la Sanctitas, ru Святость, ko 거룩, zh 圣洁, sw Utakatifu
New Year | New Year's, Watchnight, New Years Eve | de Neujahr, es Año Nuevo, fr Nouvel An, ru Новый год, ko 새해, zh 新年, sw Mwaka Mpya
Kingdom of God | God's Kingdom, Kingdom, KOG | de Reich Gottes, es Reino de Dios, fr Royaume de Dieu, la Regnum Dei, ru Царство Божие, ko 하나님 나라, zh 神的国, sw Ufalme wa Mungu
Healing | Health, Healed | de Heilung, es Sanidad, fr Guérison, la Sanatio, ru Исцеление, ko 치유, zh 医治, sw Uponyaji
Calling | Call of God, Called | de Berufung, es Llamamiento, fr Appel, la Vocatio, ko 부르심, zh 蒙召
Righteousness | Justification, Imputed Righteousness | de Rechtschaffenheit, es Rectitud, fr Droiture, ru Праведность, ko 의로움, zh 称义
Doxology | Gloria Patri, Doxologies | de Doxologie, es Doxología, fr Doxologie, la Doxologia, ru Славословие, ko 송영, zh 三一颂
Dedication | Church Dedication, Anniversary | de Kirchweih, es Dedicación, fr Dédicace, la Dedicatio, ko 봉헌, zh 献堂
Fasting | Fast Days, Self-Denial | de Fasten, es Ayuno, fr Jeûne, la Ieiunium, ru Пост, ko 금식, zh 禁食
Ordination | Installation, Ministry | de Ordination, es Ordenación, fr Ordination, la Ordinatio, ko 안수, zh 按立
Family | Home, Parents, Families | de Familie, es Familia, fr Famille, la Familia, ru Семья, ko 가정, zh 家庭, sw Familia
All Saints | All Saints' Day, Saints, Communion of Saints | de Allerheiligen, es Todos los Santos, fr Toussaint, la Omnes Sancti, ko 모든 성도, zh 诸圣日
Confirmation | Profession of Faith | de Konfirmation, es Confirmación, fr Confirmation, la Confirmatio, ko 견진, zh 坚振礼, sw Kipaimara
Covenant | New Covenant, Promise | de Bund, es Pacto, fr Alliance, la Foedus, ru Завет, ko 언약, zh 圣约, sw Agano
Compassion | Kindness, Pity | de Mitgefühl, es Compasión, fr Compassion, la Compassio, ru Сострадание, ko 긍휼, zh 同情
Lament | Lamentation, Sorrow, Grief | de Klage, es Lamento, fr Complainte, la Lamentatio, ru Плач, ko 애가, zh 哀歌
Maundy Thursday | Holy Thursday, Foot Washing | de Gründonnerstag, es Jueves Santo, fr Jeudi saint, la Feria Quinta, ko 세족 목요일, zh 立圣餐日
Lord's Day | Sunday, Sabbath, Lords Day | de Sonntag, es Día del Señor, fr Jour du Seigneur, la Dies Dominica, ru День Господень, ko 주일, zh 主日, sw Siku ya Bwana
Morning | Matins, Morning Hymn, Daybreak | de Morgen, es Mañana, fr Matin, la Matutinum, ru Утро, ko 아침, zh 早晨
Reverence | Awe and Wonder, Fear of the Lord | de Ehrfurcht, es Reverencia, fr Révérence, la Reverentia, ko 경외, zh 敬畏
Perseverance | Endurance, Steadfastness | de Ausdauer, es Perseverancia, fr Persévérance, la Perseverantia, ru Терпение, ko 인내, zh 忍耐
Offering | Offertory, Stewardship, Giving | de Opfer, es Ofrenda, fr Offrande, la Offertorium, ru Пожертвование, ko 헌금, zh 奉献诗, sw Sadaka
Travel | Travellers, Those at Sea | de Reise, es Viaje, fr Voyage, ko 여행, zh 旅行
Wedding | Marriage, Weddings, Matrimony | de Hochzeit, es Boda, fr Mariage, la Nuptiae, ru Венчание, ko 결혼, zh 婚礼, sw Harusi
Glory of God | God's Glory, Glory | de Ehre Gottes, es Gloria de Dios, fr Gloire de Dieu, la Gloria Dei, ru Слава Божия, ko 하나님의 영광, zh 神的荣耀
Obedience | Obeying God, Obey | de Gehorsam, es Obediencia, fr Obéissance, la Oboedientia, ru Послушание, ko 순종, zh 顺服, sw Utii
`

function list(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

function parseWord(line: string): ThemeWord {
  const [word, synonyms, translations] = line.split('|')
  return {
    word: (word ?? '').trim(),
    synonyms: list(synonyms),
    translations: Object.fromEntries(
      list(translations).map((item) => {
        const space = item.indexOf(' ')
        return [item.slice(0, space), item.slice(space + 1)]
      }),
    ),
  }
}

export const THEME_WORDS: readonly ThemeWord[] = WORD_LINES.trim().split('\n').map(parseWord)
