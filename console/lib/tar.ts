// One file in a tar: what is uploaded to be scanned is unpacked first, and a model file that is itself an archive must
// arrive as the file that it is.
const BLOCK = 512
const MOST_NAME = 99

export function toTar(name: string, bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(BLOCK + Math.ceil(bytes.length / BLOCK) * BLOCK + 2 * BLOCK)
  const put = (text: string, at: number) => whole.set(new TextEncoder().encode(text), at)
  put(plainName(name), 0)
  put('0000644\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  put('00000000000\0', 136)
  put('        ', 148)
  put('0', 156)
  put('ustar\u000000', 257)
  const sum = whole.subarray(0, BLOCK).reduce((total, byte) => total + byte, 0)
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  whole.set(bytes, BLOCK)
  return whole
}

/** The end of a long name says what it is. */
const plainName = (name: string) => name.replaceAll(/[^\w.-]+/g, '-').slice(-MOST_NAME) || 'file'

export async function toBase64(bytes: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(bytes)
  })
  return url.slice(url.indexOf(',') + 1)
}
