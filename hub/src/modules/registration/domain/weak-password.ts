/**
 * What is guessed first, of at least 12 characters: the passwords that lists of leaked ones lead with, and the habits behind
 * them. Lower case; compared without spaces and punctuation.
 */
const common = new Set(
  `passwordpassword password1234 password12345 password123456 passw0rd1234 p4ssw0rd1234 mypassword123 mypassword1234
  changemechangeme changeme1234 changeme12345 letmeinletmein letmein12345 letmeinplease welcomewelcome welcome12345
  welcome123456 iloveyou1234 iloveyouiloveyou iloveyousomuch iloveyouforever trustno1trustno1 qwertyqwerty qwerty123456
  qwerty1234567 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm
  qwertzuiopasdf asdfghjklqwe asdfghjklzxcvbnm zxcvbnmasdfghjkl zxcvbnm12345 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i
  q1w2e3r4t5y6 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedcrfvtgb qazwsx123456 zaq12wsxcde3 1qazxsw23edc
  adminadminadmin administrator administrator1 admin1234567 admin12345678 administrator123 rootrootroot root12345678
  superuser123 operator1234 operator12345 operatoroperator sutlersutler sutler123456 sutlersutlersutler
  correcthorsebatterystaple footballfootball football1234 baseball1234 basketball12 basketball123
  liverpool123 liverpool1234 manchesterunited chelseachelsea arsenalarsenal barcelona123 realmadrid123 monkeymonkey
  monkey123456 dragondragon dragon123456 masteraccess starwarsstarwars startrekstartrek superman1234 supermansuperman
  batmanbatman batman123456 pokemonpokemon pokemon12345 sunshine1234 sunshine12345 princess1234 princess12345
  princessprincess charlie12345 michael12345 michaelmichael jordan123456 ashley123456 jennifer1234 jessica12345
  computer1234 computercomputer internet1234 internetinternet samsung12345 samsungsamsung google123456 googlegoogle
  facebook1234 facebookfacebook whatever1234 whateverwhatever blink182blink182 abcd12345678 abc123456789 abc1234567890
  abcdef123456 abcdefghijkl abcdefghijklm abcdefghijklmnopqrstuvwxyz a1b2c3d4e5f6 aa1234567890 abc123abc123 test12345678
  testtesttest testpassword testing12345 guestguestguest default12345 defaultpassword secretpassword secret123456
  secretsecret spring202020 summer202020 winter202020 autumn202020 january12345 december1234 hunter2hunter2
  nothingnothing godisgreat123 jesuschrist1 jesusislord1 ihateyou1234 fuckyoufuckyou fuckyou12345 lovelovelove
  123456789abc 123456abcdef 123qweasdzxc 123qwe123qwe qwe123qwe123 1234qwerasdf 1234qwerasdfzxcv asdf1234asdf
  asdfasdfasdf qweasdzxc123 qwerasdfzxcv 987654321abc 147258369147 147852369147 159357159357 112233445566
  123123123123 121212121212 123321123321 123456123456 654321654321 111222333444 192837465564 741852963741`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** What anybody would guess who knows what this is (OWASP ASVS 5, 6.1.2); the account's name and digits count as such, too. */
const ofThisPlace = [
  'sutler',
  'password',
  'operator',
  'developer',
  'sponsor',
  'subscriber',
  'auditor',
  'admin',
  'login',
  'hub',
]
/** Letters that have to be left without them. */
const leastOwnLetters = 4

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
]

/**
 * Why a password would be guessed early, as the end of a sentence; null when nothing speaks against it. No rules about
 * which characters it has to have (OWASP ASVS 5, 6.2.5); its length is the contract's business.
 */
export function weakness(password: string, accountName: string): string | null {
  const bare = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (
    password.toLowerCase() === accountName.toLowerCase() ||
    bare === accountName.toLowerCase().replaceAll(/[._@-]/g, '')
  )
    return 'is the name of the account'
  if (common.has(bare)) return 'is one of those that are tried first'
  if (isOfThisPlace(bare, accountName)) return 'is made of words that anybody would try here'
  if (new Set(password.toLowerCase()).size < 5) return 'repeats too few characters'
  if (/^(.{1,6})\1+$/u.test(bare)) return 'repeats one short part'
  if (bare.length >= 8 && runs.some((run) => run.includes(bare) || [...run].toReversed().join('').includes(bare)))
    return 'is a row of keys or letters'
  return null
}

/** Of known words beside digits, and hardly anything else. */
function isOfThisPlace(bare: string, accountName: string): boolean {
  const words = [...ofThisPlace, ...accountName.toLowerCase().split(/[._@-]/)].filter((word) => word.length >= 3)
  const left = words.reduce((text, word) => text.replaceAll(word, ''), bare)
  return left !== bare && left.replaceAll(/\p{N}/gu, '').length < leastOwnLetters
}
