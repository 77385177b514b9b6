/** A public-domain hymn the seed draws from. */
export interface Hymn {
  title: string
  artist: string
  /** Year of first publication; for old hymns, the year scholars settle on. */
  year: number
  /** ISO 639 code of the language the title is in. */
  language: string
  /** Headwords of `themeWords.ts`, the most fitting first. */
  themes: readonly string[]
  firstLine: string | null
}

/**
 * title | author | first published | language | themes | first line, where it is not the title.
 * The words and first lines are all in the public domain: every author died before 1955, nothing was published
 * after 1925, and a modern translation lends at most its title. The themes are the project's own judgement.
 */
const HYMN_LINES = `
Amazing Grace | John Newton | 1779 | en | Grace, Salvation, Redemption, Testimony | Amazing grace! how sweet the sound
It Is Well with My Soul | Horatio Spafford | 1876 | en | Peace, Comfort, Trust, Suffering | When peace like a river attendeth my way
Holy, Holy, Holy | Reginald Heber | 1826 | en | Trinity, Holiness, Worship, Praise | Holy, holy, holy! Lord God Almighty
A Mighty Fortress Is Our God | Martin Luther, tr. Frederick Hedge | 1853 | en | Strength, Reformation, Protection, Spiritual Warfare |
Be Thou My Vision | trad. Irish, versified by Eleanor Hull | 1912 | en | Guidance, Devotion, Wisdom, Prayer |
Come, Thou Fount of Every Blessing | Robert Robinson | 1758 | en | Grace, Praise, Thanksgiving, Commitment |
When I Survey the Wondrous Cross | Isaac Watts | 1707 | en | Cross, Good Friday, Surrender, Love of God |
Joy to the World | Isaac Watts | 1719 | en | Christmas, Joy, Kingship of Christ, Second Coming | Joy to the world! the Lord is come
O God, Our Help in Ages Past | Isaac Watts | 1719 | en | Eternity, Trust, Providence, New Year |
Jesus Shall Reign | Isaac Watts | 1719 | en | Mission, Kingship of Christ, Nations, Kingdom of God | Jesus shall reign where'er the sun
Alas! and Did My Savior Bleed | Isaac Watts | 1707 | en | Cross, Repentance, Blood of Christ, Lent |
I Sing the Mighty Power of God | Isaac Watts | 1715 | en | Creation, Praise, Majesty, Children |
Come, We That Love the Lord | Isaac Watts | 1707 | en | Joy, Heaven, Worship |
Am I a Soldier of the Cross | Isaac Watts | 1724 | en | Spiritual Warfare, Courage, Commitment |
This Is the Day the Lord Hath Made | Isaac Watts | 1719 | en | Lord's Day, Joy, Resurrection |
Give to Our God Immortal Praise | Isaac Watts | 1719 | en | Praise, Mercy, Thanksgiving, Creation |
My Shepherd Will Supply My Need | Isaac Watts | 1719 | en | Good Shepherd, Psalms, Providence, Comfort |
Hark! the Herald Angels Sing | Charles Wesley | 1739 | en | Christmas, Angels, Incarnation, Joy |
O for a Thousand Tongues to Sing | Charles Wesley | 1740 | en | Praise, Name of Jesus, Healing, Testimony |
And Can It Be | Charles Wesley | 1738 | en | Salvation, Assurance, Grace, Freedom | And can it be that I should gain
Love Divine, All Loves Excelling | Charles Wesley | 1747 | en | Love of God, Sanctification, Holy Spirit |
Christ the Lord Is Risen Today | Charles Wesley | 1739 | en | Easter, Resurrection, Victory, Joy |
Come, Thou Long-Expected Jesus | Charles Wesley | 1744 | en | Advent, Hope, Freedom, Kingship of Christ |
Lo! He Comes with Clouds Descending | Charles Wesley | 1758 | en | Second Coming, Advent, Judgment |
Rejoice, the Lord Is King | Charles Wesley | 1744 | en | Kingship of Christ, Joy, Ascension, Praise |
Jesus, Lover of My Soul | Charles Wesley | 1740 | en | Refuge, Comfort, Prayer, Devotion |
Soldiers of Christ, Arise | Charles Wesley | 1749 | en | Spiritual Warfare, Strength, Courage |
A Charge to Keep I Have | Charles Wesley | 1762 | en | Service, Calling, Commitment |
Ye Servants of God | Charles Wesley | 1744 | en | Praise, Service, Kingship of Christ | Ye servants of God, your Master proclaim
Blow Ye the Trumpet, Blow | Charles Wesley | 1750 | en | Freedom, Gospel, Redemption |
Arise, My Soul, Arise | Charles Wesley | 1742 | en | Assurance, Blood of Christ, Prayer |
All Hail the Power of Jesus' Name | Edward Perronet | 1779 | en | Name of Jesus, Kingship of Christ, Praise, Worship |
Rock of Ages | Augustus Toplady | 1776 | en | Refuge, Cross, Salvation, Repentance | Rock of Ages, cleft for me
How Firm a Foundation | John Rippon's Selection | 1787 | en | Word of God, Trust, Strength, Faithfulness |
Guide Me, O Thou Great Jehovah | William Williams, tr. Peter Williams | 1771 | en | Guidance, Pilgrimage, Providence, Bread of Life |
There Is a Fountain Filled with Blood | William Cowper | 1772 | en | Blood of Christ, Cross, Forgiveness |
God Moves in a Mysterious Way | William Cowper | 1774 | en | Providence, Trust, Suffering |
O for a Closer Walk with God | William Cowper | 1772 | en | Devotion, Prayer, Repentance |
Glorious Things of Thee Are Spoken | John Newton | 1779 | en | Church, Zion, Faithfulness |
How Sweet the Name of Jesus Sounds | John Newton | 1779 | en | Name of Jesus, Comfort, Devotion |
Come, My Soul, Thy Suit Prepare | John Newton | 1779 | en | Prayer, Trust |
Great Shepherd of Thy People, Hear | John Newton | 1779 | en | Church, Prayer, Good Shepherd |
Jesus Thy Blood and Righteousness | Nikolaus von Zinzendorf, tr. John Wesley | 1740 | en | Righteousness, Blood of Christ, Assurance |
Praise God, from Whom All Blessings Flow | Thomas Ken | 1674 | en | Doxology, Trinity, Praise |
Awake, My Soul, and with the Sun | Thomas Ken | 1674 | en | Morning, Praise, Commitment |
Glory to Thee, My God, This Night | Thomas Ken | 1695 | en | Evening, Protection, Prayer |
While Shepherds Watched Their Flocks | Nahum Tate | 1700 | en | Christmas, Angels |
As with Gladness Men of Old | William Chatterton Dix | 1860 | en | Epiphany, Devotion, Light |
What Child Is This? | William Chatterton Dix | 1865 | en | Christmas, Incarnation, Kingship of Christ |
Alleluia! Sing to Jesus | William Chatterton Dix | 1867 | en | Ascension, Communion, Praise |
Brightest and Best of the Stars of the Morning | Reginald Heber | 1811 | en | Epiphany, Light, Christmas |
From Greenland's Icy Mountains | Reginald Heber | 1819 | en | Mission, Nations |
Bread of the World in Mercy Broken | Reginald Heber | 1827 | en | Communion, Mercy, Bread of Life |
Angels from the Realms of Glory | James Montgomery | 1816 | en | Christmas, Angels, Worship |
Hail to the Lord's Anointed | James Montgomery | 1821 | en | Advent, Justice, Kingdom of God |
Prayer Is the Soul's Sincere Desire | James Montgomery | 1818 | en | Prayer |
According to Thy Gracious Word | James Montgomery | 1825 | en | Communion, Cross |
Go to Dark Gethsemane | James Montgomery | 1820 | en | Holy Week, Good Friday, Prayer |
O Come, All Ye Faithful | John F. Wade, tr. Frederick Oakeley | 1852 | en | Christmas, Worship, Call to Worship |
O Come, O Come, Emmanuel | Latin, tr. John Mason Neale | 1861 | en | Advent, Hope, Freedom |
All Glory, Laud and Honor | Theodulf of Orléans, tr. John Mason Neale | 1851 | en | Palm Sunday, Praise, Children |
Of the Father's Love Begotten | Prudentius, tr. John Mason Neale | 1854 | en | Incarnation, Christmas, Eternity |
Good Christian Men, Rejoice | Latin and German, tr. John Mason Neale | 1853 | en | Christmas, Joy |
Christ Is Made the Sure Foundation | Latin, tr. John Mason Neale | 1851 | en | Church, Dedication, Unity |
The Day of Resurrection | John of Damascus, tr. John Mason Neale | 1862 | en | Easter, Resurrection, Joy |
Come, Ye Faithful, Raise the Strain | John of Damascus, tr. John Mason Neale | 1859 | en | Easter, Freedom, Victory |
O Sons and Daughters, Let Us Sing | Jean Tisserand, tr. John Mason Neale | 1851 | en | Easter, Faith |
Silent Night | Joseph Mohr, tr. John Freeman Young | 1859 | en | Christmas, Peace, Incarnation | Silent night! holy night
O Little Town of Bethlehem | Phillips Brooks | 1868 | en | Christmas, Peace, Hope |
It Came upon the Midnight Clear | Edmund Sears | 1849 | en | Christmas, Angels, Peace |
Away in a Manger | anonymous | 1885 | en | Christmas, Children |
We Three Kings of Orient Are | John Henry Hopkins | 1863 | en | Epiphany, Kingship of Christ |
The First Noel | trad. English | 1823 | en | Christmas, Epiphany, Angels | The first Noel the angel did say
God Rest Ye Merry, Gentlemen | trad. English | 1760 | en | Christmas, Comfort, Joy |
Once in Royal David's City | Cecil Frances Alexander | 1848 | en | Christmas, Children, Incarnation |
In the Bleak Midwinter | Christina Rossetti | 1872 | en | Christmas, Incarnation, Devotion |
Love Came Down at Christmas | Christina Rossetti | 1885 | en | Christmas, Love of God |
Lo, How a Rose E'er Blooming | trad. German, tr. Theodore Baker | 1894 | en | Advent, Christmas, Incarnation |
Go, Tell It on the Mountain | African American spiritual | 1907 | en | Christmas, Mission, Evangelism |
Angels We Have Heard on High | trad. French, tr. James Chadwick | 1862 | en | Christmas, Angels, Praise |
I Heard the Bells on Christmas Day | Henry Wadsworth Longfellow | 1865 | en | Christmas, Peace, Justice |
There Is a Green Hill Far Away | Cecil Frances Alexander | 1848 | en | Good Friday, Cross, Children |
All Things Bright and Beautiful | Cecil Frances Alexander | 1848 | en | Creation, Children, Thanksgiving |
Jesus Calls Us o'er the Tumult | Cecil Frances Alexander | 1852 | en | Calling, Discipleship |
O Sacred Head, Now Wounded | Paul Gerhardt, tr. James W. Alexander | 1830 | en | Good Friday, Cross, Holy Week |
Were You There? | African American spiritual | 1899 | en | Good Friday, Cross, Holy Week | Were you there when they crucified my Lord?
Ah, Holy Jesus | Johann Heermann, tr. Robert Bridges | 1899 | en | Good Friday, Repentance, Cross |
Ride On! Ride On in Majesty! | Henry Hart Milman | 1827 | en | Palm Sunday, Holy Week, Majesty |
Hosanna, Loud Hosanna | Jeannette Threlfall | 1873 | en | Palm Sunday, Children, Praise |
Beneath the Cross of Jesus | Elizabeth Clephane | 1872 | en | Cross, Refuge, Lent |
In the Cross of Christ I Glory | John Bowring | 1825 | en | Cross, Peace |
What Wondrous Love Is This | American folk hymn | 1811 | en | Love of God, Cross, Praise |
Forty Days and Forty Nights | George Hunt Smyttan | 1856 | en | Lent, Temptation, Fasting |
Lord, Who throughout These Forty Days | Claudia Hernaman | 1873 | en | Lent, Fasting, Temptation |
Crown Him with Many Crowns | Matthew Bridges | 1851 | en | Kingship of Christ, Ascension, Easter, Worship |
Hail the Day That Sees Him Rise | Charles Wesley | 1739 | en | Ascension, Praise |
Thine Be the Glory | Edmond Budry, tr. R. Birch Hoyle | 1923 | en | Easter, Resurrection, Victory |
The Strife Is O'er | Latin, tr. Francis Pott | 1861 | en | Easter, Victory, Resurrection |
Low in the Grave He Lay | Robert Lowry | 1874 | en | Easter, Resurrection |
Breathe on Me, Breath of God | Edwin Hatch | 1878 | en | Holy Spirit, Pentecost, Sanctification |
Come Down, O Love Divine | Bianco da Siena, tr. Richard Littledale | 1867 | en | Holy Spirit, Pentecost, Devotion |
Spirit of God, Descend upon My Heart | George Croly | 1854 | en | Holy Spirit, Devotion, Prayer |
Come, Holy Ghost, Our Souls Inspire | Rabanus Maurus, tr. John Cosin | 1627 | en | Holy Spirit, Pentecost, Ordination |
Holy Ghost, with Light Divine | Andrew Reed | 1817 | en | Holy Spirit, Light |
I Bind unto Myself Today | attr. St Patrick, tr. Cecil Frances Alexander | 1889 | en | Trinity, Protection, Baptism |
Come, Thou Almighty King | anonymous | 1757 | en | Trinity, Worship, Call to Worship |
Immortal, Invisible, God Only Wise | Walter Chalmers Smith | 1867 | en | Majesty, Wisdom, Praise |
O Worship the King | Robert Grant | 1833 | en | Majesty, Worship, Creation, Psalms |
Praise, My Soul, the King of Heaven | Henry Francis Lyte | 1834 | en | Praise, Psalms, Forgiveness |
Abide with Me | Henry Francis Lyte | 1847 | en | Evening, Funeral, Comfort | Abide with me; fast falls the eventide
Jesus, I My Cross Have Taken | Henry Francis Lyte | 1824 | en | Discipleship, Surrender, Suffering |
Joyful, Joyful, We Adore Thee | Henry van Dyke | 1907 | en | Joy, Praise, Creation, Worship |
Praise to the Lord, the Almighty | Joachim Neander, tr. Catherine Winkworth | 1863 | en | Praise, Majesty, Providence |
Now Thank We All Our God | Martin Rinkart, tr. Catherine Winkworth | 1858 | en | Thanksgiving, Harvest, Praise |
Jesus, Priceless Treasure | Johann Franck, tr. Catherine Winkworth | 1863 | en | Devotion, Joy, Suffering |
If Thou but Suffer God to Guide Thee | Georg Neumark, tr. Catherine Winkworth | 1863 | en | Trust, Guidance, Suffering |
Lift Up Your Heads, Ye Mighty Gates | Georg Weissel, tr. Catherine Winkworth | 1855 | en | Advent, Kingship of Christ |
All Creatures of Our God and King | Francis of Assisi, tr. William Draper | 1919 | en | Creation, Praise, Thanksgiving |
For the Beauty of the Earth | Folliott S. Pierpoint | 1864 | en | Creation, Thanksgiving, Family |
This Is My Father's World | Maltbie Babcock | 1901 | en | Creation, Providence, Trust |
Fairest Lord Jesus | anonymous German, tr. Joseph Seiss | 1873 | en | Devotion, Creation, Praise |
Come, Ye Thankful People, Come | Henry Alford | 1844 | en | Harvest, Thanksgiving, Judgment |
We Plough the Fields and Scatter | Matthias Claudius, tr. Jane Campbell | 1861 | en | Harvest, Thanksgiving, Providence |
We Gather Together | Adrianus Valerius, tr. Theodore Baker | 1894 | en | Thanksgiving, Gathering, Protection |
Let All Mortal Flesh Keep Silence | Liturgy of St James, tr. Gerard Moultrie | 1864 | en | Communion, Reverence, Incarnation |
Here, O My Lord, I See Thee Face to Face | Horatius Bonar | 1855 | en | Communion, Devotion |
I Heard the Voice of Jesus Say | Horatius Bonar | 1846 | en | Invitation, Comfort, Light |
Let Us Break Bread Together | African American spiritual | 1925 | en | Communion, Unity, Prayer |
Blest Be the Tie That Binds | John Fawcett | 1782 | en | Unity, Fellowship, Sending |
The Church's One Foundation | Samuel John Stone | 1866 | en | Church, Unity, Dedication |
Onward, Christian Soldiers | Sabine Baring-Gould | 1865 | en | Spiritual Warfare, Church, Courage |
Now the Day Is Over | Sabine Baring-Gould | 1865 | en | Evening, Children, Protection |
For All the Saints | William Walsham How | 1864 | en | All Saints, Funeral, Heaven |
O Word of God Incarnate | William Walsham How | 1867 | en | Word of God, Light, Guidance |
Faith of Our Fathers | Frederick William Faber | 1849 | en | Faith, Courage, All Saints |
There's a Wideness in God's Mercy | Frederick William Faber | 1862 | en | Mercy, Forgiveness, Love of God |
Stand Up, Stand Up for Jesus | George Duffield | 1858 | en | Spiritual Warfare, Courage, Commitment |
Lead On, O King Eternal | Ernest Shurtleff | 1887 | en | Guidance, Spiritual Warfare, Commitment |
Fight the Good Fight | John Monsell | 1863 | en | Courage, Perseverance, Faith |
O Jesus, I Have Promised | John Bode | 1868 | en | Confirmation, Commitment, Discipleship |
Take My Life and Let It Be | Frances Ridley Havergal | 1874 | en | Consecration, Surrender, Service, Offering |
Like a River Glorious | Frances Ridley Havergal | 1876 | en | Peace, Trust |
Lord, Speak to Me That I May Speak | Frances Ridley Havergal | 1872 | en | Service, Mission, Prayer |
Just As I Am | Charlotte Elliott | 1835 | en | Invitation, Repentance, Grace | Just as I am, without one plea
Nearer, My God, to Thee | Sarah Flower Adams | 1841 | en | Devotion, Suffering, Funeral |
Lead, Kindly Light | John Henry Newman | 1833 | en | Guidance, Light, Trust |
Praise to the Holiest in the Height | John Henry Newman | 1866 | en | Praise, Redemption, Wisdom |
Dear Lord and Father of Mankind | John Greenleaf Whittier | 1872 | en | Peace, Forgiveness, Prayer |
My Faith Looks Up to Thee | Ray Palmer | 1830 | en | Faith, Prayer, Cross |
My Hope Is Built on Nothing Less | Edward Mote | 1836 | en | Hope, Assurance, Righteousness |
The Solid Rock | Edward Mote | 1836 | en | Hope, Trust, Strength | My hope is built on nothing less
Sweet Hour of Prayer | William Walford | 1845 | en | Prayer, Comfort |
What a Friend We Have in Jesus | Joseph Scriven | 1855 | en | Prayer, Friendship, Comfort, Trust |
Savior, Like a Shepherd Lead Us | Dorothy Thrupp | 1836 | en | Good Shepherd, Guidance, Children |
The King of Love My Shepherd Is | Henry Williams Baker | 1868 | en | Good Shepherd, Psalms, Love of God |
The Lord's My Shepherd | Scottish Psalter | 1650 | en | Psalms, Good Shepherd, Funeral, Comfort |
All People That on Earth Do Dwell | William Kethe | 1561 | en | Psalms, Praise, Call to Worship |
Let Us with a Gladsome Mind | John Milton | 1645 | en | Psalms, Praise, Mercy |
Teach Me, My God and King | George Herbert | 1633 | en | Work, Devotion, Service |
Let All the World in Every Corner Sing | George Herbert | 1633 | en | Praise, Call to Worship |
My Song Is Love Unknown | Samuel Crossman | 1664 | en | Cross, Love of God, Holy Week |
He Who Would Valiant Be | John Bunyan, adapted by Percy Dearmer | 1906 | en | Pilgrimage, Courage, Discipleship |
And Did Those Feet in Ancient Time | William Blake | 1808 | en | Zion, Nations |
Jerusalem, My Happy Home | anonymous | 1601 | en | Heaven, Zion, Hope |
Jerusalem the Golden | Bernard of Cluny, tr. John Mason Neale | 1851 | en | Heaven, Zion |
The Spacious Firmament on High | Joseph Addison | 1712 | en | Creation, Praise |
The God of Abraham Praise | Thomas Olivers | 1770 | en | Praise, Covenant, Eternity |
Eternal Father, Strong to Save | William Whiting | 1860 | en | Protection, Travel, Prayer |
God Be with You Till We Meet Again | Jeremiah Rankin | 1880 | en | Sending, Blessing, Protection |
Lord, Dismiss Us with Thy Blessing | John Fawcett | 1773 | en | Sending, Blessing |
Savior, Again to Thy Dear Name | John Ellerton | 1866 | en | Sending, Evening, Peace |
The Day Thou Gavest, Lord, Is Ended | John Ellerton | 1870 | en | Evening, Church, Nations |
O Perfect Love | Dorothy Gurney | 1883 | en | Wedding, Love of God, Family |
O Love That Wilt Not Let Me Go | George Matheson | 1882 | en | Love of God, Suffering, Surrender |
Make Me a Captive, Lord | George Matheson | 1890 | en | Surrender, Freedom |
Blessed Assurance | Fanny Crosby | 1873 | en | Assurance, Testimony, Joy | Blessed assurance, Jesus is mine
To God Be the Glory | Fanny Crosby | 1875 | en | Praise, Redemption, Glory of God |
Pass Me Not, O Gentle Savior | Fanny Crosby | 1868 | en | Prayer, Mercy, Invitation |
Jesus, Keep Me Near the Cross | Fanny Crosby | 1869 | en | Cross, Devotion |
All the Way My Savior Leads Me | Fanny Crosby | 1875 | en | Guidance, Trust, Providence |
He Hideth My Soul | Fanny Crosby | 1890 | en | Refuge, Protection |
Rescue the Perishing | Fanny Crosby | 1869 | en | Evangelism, Mission, Compassion |
Draw Me Nearer | Fanny Crosby | 1875 | en | Consecration, Devotion, Prayer | I am Thine, O Lord, I have heard Thy voice
Praise Him! Praise Him! | Fanny Crosby | 1869 | en | Praise, Name of Jesus |
Tell Me the Story of Jesus | Fanny Crosby | 1880 | en | Gospel, Incarnation, Children |
I Need Thee Every Hour | Annie Hawks | 1872 | en | Prayer, Trust, Temptation |
Softly and Tenderly | Will Thompson | 1880 | en | Invitation, Repentance | Softly and tenderly Jesus is calling
I Surrender All | Judson Van DeVenter | 1896 | en | Surrender, Consecration | All to Jesus I surrender
Have Thine Own Way, Lord | Adelaide Pollard | 1907 | en | Surrender, Consecration, Prayer |
Trust and Obey | John Sammis | 1887 | en | Trust, Obedience, Discipleship | When we walk with the Lord
'Tis So Sweet to Trust in Jesus | Louisa Stead | 1882 | en | Trust, Grace, Peace |
Leaning on the Everlasting Arms | Elisha Hoffman | 1887 | en | Trust, Fellowship, Comfort | What a fellowship, what a joy divine
Are You Washed in the Blood? | Elisha Hoffman | 1878 | en | Blood of Christ, Salvation, Gospel |
There Is Power in the Blood | Lewis Jones | 1899 | en | Blood of Christ, Victory | Would you be free from the burden of sin?
Nothing but the Blood | Robert Lowry | 1876 | en | Blood of Christ, Forgiveness | What can wash away my sin?
Shall We Gather at the River | Robert Lowry | 1865 | en | Heaven, Baptism, Gathering |
How Can I Keep from Singing? | Robert Lowry | 1869 | en | Joy, Praise, Suffering | My life flows on in endless song
Jesus Paid It All | Elvina Hall | 1865 | en | Redemption, Cross, Grace | I hear the Savior say
Standing on the Promises | Russell Kelso Carter | 1886 | en | Word of God, Faithfulness, Faith |
When the Roll Is Called Up Yonder | James Black | 1893 | en | Second Coming, Heaven, Resurrection |
Sweet By and By | Sanford Bennett | 1868 | en | Heaven, Funeral, Hope | There's a land that is fairer than day
In the Garden | C. Austin Miles | 1912 | en | Devotion, Prayer, Resurrection | I come to the garden alone
His Eye Is on the Sparrow | Civilla Martin | 1905 | en | Providence, Comfort, Trust | Why should I feel discouraged?
Count Your Blessings | Johnson Oatman | 1897 | en | Thanksgiving, Blessing | When upon life's billows you are tempest-tossed
Higher Ground | Johnson Oatman | 1898 | en | Sanctification, Pilgrimage, Prayer | I'm pressing on the upward way
Bringing In the Sheaves | Knowles Shaw | 1874 | en | Mission, Work, Harvest | Sowing in the morning, sowing seeds of kindness
Work, for the Night Is Coming | Anna Walker | 1854 | en | Work, Service |
I Love to Tell the Story | Katherine Hankey | 1866 | en | Evangelism, Testimony, Gospel |
Wonderful Words of Life | Philip Bliss | 1874 | en | Word of God, Gospel | Sing them over again to me
Hallelujah, What a Savior! | Philip Bliss | 1875 | en | Cross, Redemption, Praise | Man of Sorrows, what a name
Jesus Loves Me | Anna Bartlett Warner | 1860 | en | Children, Love of God, Word of God | Jesus loves me, this I know
Jesus Loves the Little Children | C. Herbert Woolston | 1913 | en | Children, Nations, Love of God |
Swing Low, Sweet Chariot | African American spiritual | 1872 | en | Heaven, Hope, Spiritual |
Nobody Knows the Trouble I've Seen | African American spiritual | 1867 | en | Suffering, Lament, Spiritual |
There Is a Balm in Gilead | African American spiritual | 1907 | en | Healing, Comfort, Spiritual |
Steal Away to Jesus | African American spiritual | 1872 | en | Spiritual, Freedom, Heaven |
Lift Every Voice and Sing | James Weldon Johnson | 1900 | en | Freedom, Justice, Hope, Thanksgiving |
Battle Hymn of the Republic | Julia Ward Howe | 1862 | en | Second Coming, Judgment, Justice | Mine eyes have seen the glory
O Master, Let Me Walk with Thee | Washington Gladden | 1879 | en | Service, Discipleship, Work |
Where Cross the Crowded Ways of Life | Frank Mason North | 1903 | en | Justice, Compassion, Service |
In Christ There Is No East or West | John Oxenham | 1908 | en | Unity, Nations, Fellowship |
We've a Story to Tell to the Nations | H. Ernest Nichol | 1896 | en | Mission, Nations, Gospel |
O Zion, Haste | Mary Ann Thomson | 1870 | en | Mission, Zion, Evangelism |
Day by Day | Lina Sandell, tr. Andrew Skoog | 1921 | en | Trust, Comfort, Providence | Day by day, and with each passing moment
Break Thou the Bread of Life | Mary Lathbury | 1877 | en | Word of God, Bread of Life, Communion |
Day Is Dying in the West | Mary Lathbury | 1877 | en | Evening, Worship |
Baptized into Thy Name Most Holy | Johann Rambach, tr. Catherine Winkworth | 1863 | en | Baptism, Trinity, Covenant |
Great God, We Sing That Mighty Hand | Philip Doddridge | 1755 | en | New Year, Providence |
O Happy Day, That Fixed My Choice | Philip Doddridge | 1755 | en | Joy, Salvation, Confirmation |
Hark, the Glad Sound! | Philip Doddridge | 1755 | en | Advent, Freedom, Joy |
Ein feste Burg ist unser Gott | Martin Luther | 1529 | de | Reformation, Strength, Protection, Trust |
Vom Himmel hoch, da komm ich her | Martin Luther | 1535 | de | Christmas, Angels, Children |
Aus tiefer Not schrei ich zu dir | Martin Luther | 1524 | de | Repentance, Psalms, Lament |
Nun komm, der Heiden Heiland | Martin Luther | 1524 | de | Advent, Incarnation |
Christ lag in Todesbanden | Martin Luther | 1524 | de | Easter, Resurrection, Victory |
Stille Nacht, heilige Nacht | Joseph Mohr | 1818 | de | Christmas, Peace |
O du fröhliche | Johannes Daniel Falk | 1819 | de | Christmas, Joy, Grace |
Macht hoch die Tür | Georg Weissel | 1642 | de | Advent, Kingship of Christ |
Wachet auf, ruft uns die Stimme | Philipp Nicolai | 1599 | de | Advent, Second Coming |
Wie schön leuchtet der Morgenstern | Philipp Nicolai | 1599 | de | Epiphany, Devotion, Joy |
O Haupt voll Blut und Wunden | Paul Gerhardt | 1656 | de | Good Friday, Cross, Holy Week |
Geh aus, mein Herz, und suche Freud | Paul Gerhardt | 1653 | de | Creation, Joy, Praise |
Befiehl du deine Wege | Paul Gerhardt | 1653 | de | Trust, Guidance, Comfort |
Wie soll ich dich empfangen | Paul Gerhardt | 1653 | de | Advent, Devotion |
Großer Gott, wir loben dich | Ignaz Franz | 1771 | de | Praise, Trinity, Thanksgiving |
Lobe den Herren, den mächtigen König | Joachim Neander | 1680 | de | Praise, Majesty |
Nun danket alle Gott | Martin Rinkart | 1636 | de | Thanksgiving, Harvest |
Der Mond ist aufgegangen | Matthias Claudius | 1779 | de | Evening, Peace, Creation |
Wer nur den lieben Gott lässt walten | Georg Neumark | 1657 | de | Trust, Suffering, Guidance |
Es ist ein Ros entsprungen | trad. German | 1599 | de | Christmas, Advent, Incarnation |
Jesu, meine Freude | Johann Franck | 1653 | de | Devotion, Joy |
So nimm denn meine Hände | Julie Hausmann | 1862 | de | Funeral, Guidance, Trust |
Castillo fuerte es nuestro Dios | Martín Lutero, tr. Juan Bautista Cabrera | 1881 | es | Strength, Reformation, Trust |
Santo, santo, santo | Reginald Heber, tr. Juan Bautista Cabrera | 1887 | es | Trinity, Holiness, Worship |
Noche de paz | Joseph Mohr, tr. Federico Fliedner | 1871 | es | Christmas, Peace |
Firmes y adelante | Sabine Baring-Gould, tr. Juan Bautista Cabrera | 1887 | es | Spiritual Warfare, Courage, Church |
Tal como soy | Charlotte Elliott, tr. Thomas Westrup | 1880 | es | Repentance, Invitation, Grace |
¡Oh, qué amigo nos es Cristo! | Joseph Scriven, tr. Leandro Garza Mora | 1890 | es | Prayer, Friendship, Comfort |
Al mundo paz, nació Jesús | Isaac Watts | 1890 | es | Christmas, Peace, Joy |
Veni, Creator Spiritus | attr. Rabanus Maurus | 820 | la | Holy Spirit, Pentecost, Ordination |
Veni, Sancte Spiritus | attr. Stephen Langton | 1200 | la | Holy Spirit, Pentecost |
Veni, veni, Emmanuel | anonymous | 1710 | la | Advent, Hope |
Adeste fideles | John F. Wade | 1751 | la | Christmas, Worship |
Te Deum laudamus | attr. Nicetas of Remesiana | 387 | la | Praise, Trinity, Thanksgiving |
Pange lingua gloriosi corporis mysterium | Thomas Aquinas | 1264 | la | Communion, Maundy Thursday |
Adoro te devote | Thomas Aquinas | 1264 | la | Communion, Devotion, Faith |
O salutaris hostia | Thomas Aquinas | 1264 | la | Communion, Spiritual Warfare |
Vexilla regis prodeunt | Venantius Fortunatus | 569 | la | Holy Week, Cross |
Stabat Mater dolorosa | attr. Jacopone da Todi | 1300 | la | Good Friday, Mary, Suffering |
Dies irae | attr. Thomas of Celano | 1250 | la | Funeral, Judgment |
Victimae paschali laudes | attr. Wipo of Burgundy | 1040 | la | Easter, Victory |
Ubi caritas et amor | attr. Paulinus of Aquileia | 796 | la | Maundy Thursday, Unity, Love of God |
Ave verum corpus | anonymous | 1350 | la | Communion, Mary |
Regina caeli | anonymous | 1200 | la | Mary, Easter |
Corde natus ex Parentis | Prudentius | 405 | la | Christmas, Incarnation, Eternity |
Jesu, dulcis memoria | attr. Bernard of Clairvaux | 1190 | la | Devotion, Name of Jesus |
Gloria, laus et honor | Theodulf of Orléans | 820 | la | Palm Sunday, Praise |
Minuit, chrétiens | Placide Cappeau | 1847 | fr | Christmas, Freedom |
Il est né, le divin enfant | trad. French | 1862 | fr | Christmas, Joy |
Les anges dans nos campagnes | trad. French | 1842 | fr | Christmas, Angels |
À toi la gloire | Edmond Budry | 1885 | fr | Easter, Resurrection, Victory |
Коль славен наш Господь в Сионе | Михаил Херасков | 1790 | ru | Praise, Zion, Majesty |
Великий Бог | Карл Боберг, пер. Иван Проханов | 1912 | ru | Creation, Majesty, Praise |
Тихая ночь, дивная ночь | Йозеф Мор | 1900 | ru | Christmas, Peace |
Христос воскресе из мертвых | trad. | 500 | ru | Easter, Resurrection, Victory |
Царю Небесный | trad. | 800 | ru | Holy Spirit, Pentecost, Prayer |
Боже великий, єдиний | Олександр Кониський | 1885 | uk | Prayer, Nations, Freedom |
나 같은 죄인 살리신 | 존 뉴턴 | 1905 | ko | Grace, Salvation, Testimony |
예수 사랑하심은 | 애나 워너 | 1897 | ko | Children, Love of God, Word of God |
내 주를 가까이 | 사라 아담스 | 1894 | ko | Devotion, Suffering |
고요한 밤 거룩한 밤 | 요제프 모어 | 1905 | ko | Christmas, Peace |
죄짐 맡은 우리 구주 | 조셉 스크리븐 | 1908 | ko | Prayer, Friendship, Comfort |
奇异恩典 | 约翰·牛顿 | 1900 | zh | Grace, Salvation, Redemption |
平安夜 | 约瑟夫·莫尔 | 1900 | zh | Christmas, Peace |
耶稣爱我 | 安娜·华纳 | 1880 | zh | Children, Love of God |
普世歡騰 | 以撒·華茲 | 1890 | zh | Christmas, Joy |
いつくしみ深き | ジョセフ・スクライヴェン | 1903 | ja | Prayer, Friendship |
主われを愛す | アンナ・ワーナー | 1872 | ja | Children, Love of God |
Yesu Kwetu ni Rafiki | Joseph Scriven | 1900 | sw | Prayer, Friendship, Comfort |
Bwana u Sehemu Yangu | Fanny Crosby | 1900 | sw | Devotion, Pilgrimage, Prayer |
Mwamba Wenye Imara | Augustus Toplady | 1900 | sw | Refuge, Salvation, Cross |
Usiku Mtakatifu | Joseph Mohr | 1905 | sw | Christmas, Peace |
Nkosi Sikelel' iAfrika | Enoch Sontonga | 1897 | xh | Blessing, Nations, Prayer |
Arglwydd, arwain trwy'r anialwch | William Williams | 1745 | cy | Guidance, Pilgrimage |
Tryggare kan ingen vara | Lina Sandell | 1855 | sv | Children, Protection, Baptism |
O store Gud | Carl Boberg | 1886 | sv | Creation, Majesty, Praise |
Dejlig er jorden | B. S. Ingemann | 1850 | da | Pilgrimage, Christmas, Funeral |
Bóg się rodzi | Franciszek Karpiński | 1792 | pl | Christmas, Incarnation |
Narodil se Kristus Pán | trad. Czech | 1450 | cs | Christmas, Joy |
Tu scendi dalle stelle | Alfonso Maria de' Liguori | 1754 | it | Christmas, Incarnation |
Wilt heden nu treden | Adrianus Valerius | 1626 | nl | Thanksgiving, Gathering |
Castelo forte | Martinho Lutero, tr. J. Eduardo von Hafe | 1886 | pt | Reformation, Strength |
Φῶς ἱλαρόν | anonymous | 300 | el | Evening, Light |
Hoʻonani i ka Makua mau | Thomas Ken, tr. Hiram Bingham | 1846 | haw | Doxology, Praise |
Pō Mārie | Joseph Mohr | 1900 | mi | Christmas, Peace |
`

/** @throws Error naming the line, when the bundled list itself has a slip. */
function parseHymn(line: string): Hymn {
  const [title, artist, year, language, themes, firstLine] = line.split('|').map((cell) => cell.trim())
  if (!title || !artist || !Number(year) || !language || !themes) throw new Error(`hymn list: ${line}`)
  return {
    title,
    artist,
    year: Number(year),
    language,
    themes: themes.split(', '),
    firstLine: firstLine || null,
  }
}

export const HYMNS: readonly Hymn[] = HYMN_LINES.trim().split('\n').map(parseHymn)
