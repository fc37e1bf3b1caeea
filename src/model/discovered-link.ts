// How one thing that sources hold uses another.
export const LINK_KINDS = [
  'calls',
  'uses-tool',
  'connects',
  'provides',
  'retrieves',
  'served-by',
  'holds',
  'derived-from',
  'trained-on',
] as const
export type LinkKind = (typeof LINK_KINDS)[number]
