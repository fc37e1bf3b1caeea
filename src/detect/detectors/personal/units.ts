// What sort of character a unit is. Asked of most numbers in a text, and a pattern takes ten times as long to answer. Behind
// the end of a text stands no number (`NaN`), which is of no sort.

export const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57
export const isUpper = (unit: number): boolean => unit >= 65 && unit <= 90
export const isLetter = (unit: number): boolean => isUpper(unit) || (unit >= 97 && unit <= 122)
/** What `\w` matches. */
export const isWord = (unit: number): boolean => isLetter(unit) || isDigit(unit) || unit === 95
export const isHex = (unit: number): boolean =>
  isDigit(unit) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102)
export const [HYPHEN, DOT, COLON, AT] = [45, 46, 58, 64]
