// The AI Exchange as one typed, frozen value.

export interface Catalog {
  readonly version: string
}
