// The commonest passwords of twelve characters and more, and the words that make up most of the rest. A short list is
// enough: sign-in is rate-limited, so only the first few hundred guesses of an attacker matter.

const WHOLE = new Set(
  `123456789012 1234567890123 12345678901234 123456789123456 111111111111 000000000000 121212121212 123123123123
  123412341234 123456123456 1234567891011 0123456789012 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv
  q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwertyuiop[] qwerty123456 qwerty12345678 qwertyqwerty asdfghjkl123
  asdfasdfasdf zxcvbnm12345 zaq12wsxcde3 abcdefghijkl abcdefghijklm abc123abc123 abcd1234abcd aaaaaaaaaaaa
  password1234 password12345 password123456 passwordpassword password1234! password123! mypassword123 mypassword1234
  passw0rd1234 p@ssw0rd1234 p@ssword1234 p@ssw0rd123! letmeinletmein letmein12345 letmein123456 welcome12345
  welcome123456 welcome2welcome iloveyou1234 iloveyou12345 iloveyouiloveyou administrator administrator1 admin1234567
  admin12345678 adminadminadmin adminpassword rootrootroot changeme1234 changemechangeme changeme12345 secretsecret
  secret123456 monkeymonkey dragondragon football1234 baseball1234 sunshine1234 princess1234 trustno1trustno1
  unbelievable correcthorsebatterystaple correct horse battery staple opensesame123 testtesttest test12345678
  testpassword default12345 temporary123 temppassword summer2024summer winter2024winter spring2025spring
  superman1234 batmanbatman michael12345 computer1234 internet1234 whatever1234 manchester united liverpool123
  parapetparapet parapet12345 parapet123456 thisismypassword ihateyouihateyou forgetmenot123 masterpassword
  blink182blink182 starwarsstarwars jesuschrist1 christopher1 alexander123 charlie12345`
    .split(/\n\s*|\s(?=\S)/)
    .map(fold),
)
const WORDS = /password|passwort|qwerty|qwertz|azerty|letmein|welcome|iloveyou|admin|changeme|secret|parapet/g

/** Whether guessing would start here: on the list, one character over and over, a plain run, or a common word with little else. */
export function isCommonPassword(password: string): boolean {
  const folded = fold(password)
  if (WHOLE.has(folded)) return true
  if (/^(.{1,4})\1+$/su.test(folded)) return true
  if (isRun(folded)) return true
  const rest = folded.replace(WORDS, '')
  return rest !== folded && !/\p{L}/u.test(rest) && new Set(folded).size < 14
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

function isRun(text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0)
  const step = (codes[1] ?? 0) - (codes[0] ?? 0)
  return Math.abs(step) === 1 && codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step)
}
