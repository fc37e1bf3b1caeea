// Words for the benches, new with every call: what a gateway remembers of a text must not make the next one cheap.
const SENTENCES = [
  'My daughter is # and has read all the books about the lighthouse keeper.',
  'Which % would you give her next, and can we keep them for longer than # weeks?',
  'We are away over the summer, from the #th on, and come back late in August.',
  'The reading group meets on the ground floor at half past #, beside the desk for maps.',
  'I returned % yesterday, but my account still shows it as lent.',
  'Is there a room for # people where we may talk and eat something?',
  'My grandfather looks for % in large print, or read aloud on discs.',
  'Could you tell me what it costs to have # pages copied in colour?',
  'The catalogue says that % is at the branch by the river; how long does it take to come here?',
  'I forgot the number of my card, and the machine at the door keeps it after # tries.',
  'Do you take old magazines? We have about # kilos of them, mostly on gardening.',
  'For a school project we need three sources on %, not older than # years.',
  'Last winter somebody read fairy tales in Turkish; will that come again?',
  'The lift was out of order when we came with a pram, and the stairs have # steps.',
  'May I renew % once more, although somebody else has asked for it?',
  'I would like to give # lessons in chess for children, on Saturdays if that suits you.',
  'There was a stain on page # of % before we borrowed it, as I told your colleague.',
  'Which newspapers do you keep from before the war, and on paper or on film?',
  'Please write to me by post; the letters to my mailbox do not arrive since # days.',
  'How do I find out whether % was ever translated into Polish?',
] as const
const THINGS = [
  'the cartographer’s apprentice',
  'the two otters',
  'a first detective story',
  'the history of the harbour',
  'the winter atlas',
  'a book on bees',
  'the songs of the north',
  'the blue notebook',
  'a guide to mosses',
  'the clockmaker’s letters',
  'the last ferry',
  'a grammar of Finnish',
  'the garden by night',
] as const

let state = 0x2545f491

/** The same in each run. */
function under(limit: number): number {
  state ^= state << 13
  state ^= state >>> 17
  state ^= state << 5
  return (state >>> 0) % limit
}

function sentence(): string {
  const thing = THINGS[under(THINGS.length)] ?? ''
  const template = SENTENCES[under(SENTENCES.length)] ?? ''
  return template.replace('#', String(2 + under(97))).replace('%', thing)
}

/** Some sentences that were not said together before. */
export function someWords(characters: number): string {
  let text = sentence()
  while (text.length < characters) text += ` ${sentence()}`
  return text
}
