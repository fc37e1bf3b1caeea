/** How many there are of something, in words: `1 call`, `2 calls`. */
export function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}
