// Names from hostile trees, made safe to show.

/** Such a name must not steer a terminal, nor read in another direction than it is written. */
export function printable(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
}
