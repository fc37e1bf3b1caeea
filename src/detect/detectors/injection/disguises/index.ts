// The registry of disguises.
import { base64Text } from './base64-text.ts'
import { escapedText } from './escaped-text.ts'
import { hiddenCharacters } from './hidden-characters.ts'
import { hiddenMarkup } from './hidden-markup.ts'
import { leetspeak } from './leetspeak.ts'
import { lookalikeLetters } from './lookalike-letters.ts'
import { morseText } from './morse-text.ts'
import { numberText } from './number-text.ts'
import { reorderedText } from './reordered-text.ts'
import { reversedText } from './reversed-text.ts'
import { rot13Text } from './rot13-text.ts'
import { spacedLetters } from './spaced-letters.ts'
import { styledLetters } from './styled-letters.ts'
import { zeroWidthWords } from './zero-width-words.ts'

export const DISGUISES = [
  base64Text,
  escapedText,
  hiddenCharacters,
  hiddenMarkup,
  leetspeak,
  lookalikeLetters,
  morseText,
  numberText,
  reorderedText,
  reversedText,
  rot13Text,
  spacedLetters,
  styledLetters,
  zeroWidthWords,
] as const
