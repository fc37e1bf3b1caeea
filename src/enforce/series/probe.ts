// What a call asks anew, as guards hold it against what was asked before.

export interface Probe {
  text: string
  /** Of the words before they were shortened. */
  length: number
  /** Who spoke: people and tools write differently. */
  origin: 'user' | 'tool'
  /** Tells two inputs apart that are not the same to the last letter. */
  exact: string
  /** It asks how sure the model is, which is what copies of a model are trained with. */
  asksConfidence: boolean
}
