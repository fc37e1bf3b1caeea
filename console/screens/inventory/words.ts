// Words for the codes of an asset.
import type { AssetSource, DataClass, Environment, Exposure } from '../../../src/model/asset.ts'

export const EXPOSURE_WORDS: Readonly<Record<Exposure, string>> = {
  isolated: 'Nobody outside its process',
  team: 'A team',
  organisation: 'The organisation',
  partners: 'Partners',
  public: 'The public',
}

export const DATA_CLASS_WORDS: Readonly<Record<DataClass, string>> = {
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
}

export const ENVIRONMENT_WORDS: Readonly<Record<Environment, string>> = {
  development: 'Development',
  test: 'Test',
  staging: 'Staging',
  production: 'Production',
  retired: 'Retired',
}

export const SOURCE_WORDS: Readonly<Record<AssetSource, string>> = {
  declared: 'Declared',
  discovered: 'Discovered by a scanner',
  observed: 'Seen by the gateway',
}

export const toOptions = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** A word of a closed list, or nothing: for what comes from the address or from a select. */
export const oneOf = <Word extends string>(words: Readonly<Record<Word, unknown>>, text: string | undefined) => {
  const is = (word: string): word is Word => Object.hasOwn(words, word)
  return text !== undefined && is(text) ? text : undefined
}
