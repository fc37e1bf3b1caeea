// Given names by which a person is recognised, from many languages, without those that are common words or towns. A name
// that is on no list is found only where words announce it.
import more from './more-names.json' with { type: 'json' }

const COMMON =
  'aaron abdul abigail adam adriana adrian agnes agnieszka ahmad ahmed aisha akira alan albert alberto alejandra alejandro aleksandr aleksandra alessandra alessandro alex alexander alexandra alexandre alexei alexis alfred ' +
  'alfredo ali alice alicia alina alison allison amanda amelia amelie amina amir amy ana anastasia anders andre andrea andreas andrei andres andrew andrzej angela angelina anita ann anna annabelle anne annette annie anthony antoine anton antonio ' +
  'arjun arthur arturo ashley astrid audrey aurelie barbara beatrice beatriz benjamin bernard beth betty beverly bianca birgit bjorn bogdan brandon brenda brian bridget bruce bruno bryan caitlin camila camille carl carla carlos carmen carol caroline ' +
  'carolyn catalina catherine cecilia celine chantal charles cheryl chiara chloe chris christina christine christoph christopher cindy claire clara claudia claudio colin connie connor craig cristian cristina cynthia dagmar damian daniel daniela danielle ' +
  'dariusz darren david debbie deborah deepak denise dennis derek diana diane diego dieter dimitri dmitri dmitry dolores dominik dominique donald donna doris dorothy douglas dylan edgar edith eduardo edward eileen elaine eleanor elena eleni elias ' +
  'elisabeth elise elizabeth ella ellen elsa emil emilia emily emma emmanuel enrique eric erica erik erika ernesto esther ethan eugene eva evelyn ewa fabian fabio fatima federico felipe felix fernanda fernando filip fiona florian frances francesca francesco ' +
  'francisco franck francois frederic frederick friedrich fritz gabriel gabriela gareth gary geoffrey george gerald gerard gerhard gianluca gillian giorgio giovanni giulia giuseppe gloria gonzalo gordon graham greg gregory guillaume gunther gustav gustavo ' +
  'hannah hans harold harry hassan heather hector heidi heike heinz helen helena helene helmut hendrik henri henrik henry herbert hiroshi holger howard hugo hussein ibrahim ignacio igor ines ingrid irene irina isaac isabel isabella isabelle ivan jacek ' +
  'jacob jacqueline jacques jakob jakub james jamie jan jana jane janet janice jason javier jeff jeffrey jennifer jeremy jerome jesper jessica jill joachim joan joana joanna joanne joao joaquin jochen joel johan johann johannes john jon jonas jonathan jorge ' +
  'jose josef joseph josephine joshua joyce juan juanita judith judy julia julian juliana julie julien juliette julio jurgen justin kamil karen karin karina karl karolina katarina katarzyna kate katharina katherine kathleen kathryn katie katrin keith kelly kenji ' +
  'kenneth kevin khalid kimberly klaus konstantin kristen kristian kristin kristina krzysztof kumar kurt kyle lars laura lauren laurence laurent leila lena leonard leonardo leonie leslie lidia linda lindsay lisa lorenzo louis louise luca lucas lucia luciana ' +
  'lucie lucy luis luisa luiz lukas luke lydia maciej magdalena magnus malgorzata manfred manuel manuela marc marcel marcela marcelo marcin marco marcos marcus margaret margarita maria mariana marianne marie marina mario marion marjorie markus marta martha martin ' +
  'martina mary massimo mateo mateusz mathias mathieu matteo matthew matthias mats maureen mauricio maximilian mehmet melanie melissa mercedes michael michaela michal michel michele michelle miguel mikael mikhail milan miriam mohamed mohammad mohammed monica monika ' +
  'monique muhammad mustafa nadia nadine nancy naomi natalia natalie natasha nathalie nathan neil nicholas nicola nicolas nicole niels nikita nikola nikolai nikos nina nora norbert norma olaf oleg olga oliver olivia olivier omar oscar osman otto pablo pamela paola ' +
  'paolo patrice patricia patrick patrik paul paula paulo pavel pawel pedro penelope per peter petra philip philipp philippe phillip phyllis pierre pilar piotr priya rachel rafael rahul rainer rajesh ralf ralph ramon raphael raquel rashid raul rebecca regina reinhard ' +
  'renata rene ricardo richard rita robert roberta roberto robin rodrigo roger roland rolf ronald rosa rosemary roxanne ruben rudolf russell ruth ryan sabine sabrina salma samantha samuel sandra sanjay santiago sara sarah sebastian sergei sergey sergio sharon ' +
  'sheila shirley sigrid silke silvia simon simone sofia solveig sonia sonja sophia sophie stanislav stefan stefania stefano stephan stephanie stephen steve steven stuart sunil susan susana susanne suzanne svetlana sven sylvia takashi tamara tanja tanya tatiana ' +
  'teresa terry thea theodore theresa thierry thomas thorsten tiffany timothy tobias tomas tomasz tommy toni tracy ulrich ursula valentina valeria valerie vanessa vera veronica veronique vicente victoria viktor vincent vincenzo virginie vladimir walter wanda wendy werner ' +
  'wilhelm william wojciech wolfgang xavier yann yasmin yolanda yosef youssef yuki yulia yuri yusuf yvonne zachary zoe zoltan zuzana'

/** Names that are words as well: they count only where something announces a name. */
const WORDS =
  'amber angel april art august austin autumn bill bob carter chase chelsea christian crystal dallas dawn dean destiny drew earl faith florence frank gene georgia ginger grace grant guy harper holly hope hunter india iris ivy jack jackson jasmine jean jesus jordan joy june ' +
  'kim lance lee lily logan london max may melody mike miles nick oscar owen paige paris parker pat pearl penny ray rich rob roman rose ruby sam sandy scott sean sky stacy star sue summer sydney taylor ted tom tony tyler victor violet virginia wade warren will'

const SPACE = 32

/** How a name is looked up, letter by letter; begin with 0. Small letters all but the first. */
export function addLetter(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193) ^ (hash >>> 15)
}

/**
 * A list of names that holds a number in place of each: thousands of strings would take a megabyte, and a word need not be
 * cut out of its text to be looked up. One word in a million has the number of a name without being one.
 */
export class NameList {
  readonly #hashes: Int32Array

  /** Names of one word, in lists with single spaces between them. */
  constructor(...lists: readonly string[]) {
    // A name and its space take six characters or more on the average, so three quarters of the slots stay empty.
    const characters = lists.reduce((sum, { length }) => sum + length, 0)
    this.#hashes = new Int32Array(1 << (32 - Math.clz32(characters >> 1)))
    for (const list of lists) {
      for (let at = 0, hash = 0; at <= list.length; at++) {
        const unit = at < list.length ? list.charCodeAt(at) : SPACE
        if (unit !== SPACE) hash = addLetter(hash, hash === 0 ? toUpper(unit) : unit)
        else {
          this.#hashes[this.#slotOf(hash)] = hash
          hash = 0
        }
      }
    }
  }

  hasHash(hash: number): boolean {
    return this.#hashes[this.#slotOf(hash)] === hash
  }

  /** As most people write it: Mary. */
  has(name: string): boolean {
    let hash = 0
    for (let at = 0; at < name.length; at++) hash = addLetter(hash, name.charCodeAt(at))
    return this.hasHash(hash)
  }

  /** Where it is, or where it would be put. */
  #slotOf(hash: number): number {
    const last = this.#hashes.length - 1
    let slot = (hash ^ (hash >>> 13)) & last
    while (this.#hashes[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & last
    return slot
  }
}

const toUpper = (unit: number): number => String.fromCharCode(unit).toUpperCase().charCodeAt(0)

export const GIVEN_NAMES = new NameList(COMMON, more.names)
export const NAMES_THAT_ARE_WORDS = new NameList(WORDS)
