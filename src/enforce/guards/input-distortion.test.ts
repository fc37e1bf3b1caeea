// Numbers and pixels move by no more than they may, the same way each time, and differently for others; what rides along
// with a picture does not arrive; and a damaged picture is no way past.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { startGateway, startUpstream } from '../testing.ts'
import { noiseFor } from './distortion/noise.ts'
import { type Distortion, distortPicture } from './distortion/picture.ts'

const SECRET = Buffer.from('rides along')

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Lines with a filter each, as encoders write them. */
function png(width: number, lines: readonly Buffer[], colourType: number, depth = 8): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(lines.length, 4)
  header.set([depth, colourType, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  const data = chunk('IDAT', deflateSync(Buffer.concat(lines)))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('tEXt', SECRET),
    data,
    chunk('IEND', Buffer.alloc(0)),
    SECRET,
  ])
}

/** The bytes of the lines, which we write without filters. */
function linesOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return inflateSync(Buffer.concat(parts))
}

const how = (more: Partial<Distortion> = {}): Distortion => ({
  strength: 2,
  mostPixels: 10_000,
  random: noiseFor(SECRET, 'x'),
  ...more,
})

/** Colours to a line, with the filter that is asked for. */
function filtered(raw: readonly number[][], filter: number, step: number): Buffer[] {
  return raw.map((line, y) => {
    const bytes = line.map((value, x) => {
      const [left, up, corner] = [line[x - step] ?? 0, raw[y - 1]?.[x] ?? 0, raw[y - 1]?.[x - step] ?? 0]
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
      const guess = [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][filter] ?? 0
      return (value - guess) & 255
    })
    return Buffer.from([filter, ...bytes])
  })
}

describe('a PNG', () => {
  test('has its colours moved by no more than the strength, whatever its filters, and its opacity kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom([0, 1], [2, 3], [4, 2], [6, 4]),
        fc.array(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 12, maxLength: 12 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (filter, [type = 0, step = 1], raw) => {
          const picture = png(12 / step, filtered(raw, filter, step), type)
          const distorted = await distortPicture(picture, how())
          assert.ok(distorted && !distorted.includes(SECRET))
          const lines = linesOf(distorted)
          for (const [y, line] of raw.entries())
            for (const [x, value] of line.entries()) {
              const isAlpha = type >= 4 && x % step === step - 1
              const moved = Math.abs((lines[y * 13 + 1 + x] ?? 0) - value)
              assert.ok(moved <= (isAlpha ? 0 : 2), `${moved} at ${x}, ${y}`)
            }
        },
      ),
      { numRuns: 60 },
    )
  })
  test('moves the same way each time, and another way under another key', async () => {
    const picture = png(50, filtered([Array.from({ length: 50 }, (_, i) => i * 4)], 0, 1), 0)
    const once = await distortPicture(picture, how())
    assert.deepEqual(await distortPicture(picture, how()), once)
    assert.notDeepEqual(await distortPicture(picture, how({ random: noiseFor(SECRET, 'y') })), once)
  })
  test('that is too large, or of few colours, only loses what rides along', async () => {
    const lines = filtered([[1, 2, 3]], 0, 1)
    for (const [picture, more] of [
      [png(3, lines, 0), { mostPixels: 2 }],
      [png(3, lines, 3), {}],
      [png(3, lines, 0), { strength: 0 }],
    ] as const) {
      const distorted = await distortPicture(picture, how(more))
      assert.ok(distorted && !distorted.includes(SECRET))
      assert.deepEqual([...linesOf(distorted)], [0, 1, 2, 3])
    }
  })
  test('that is damaged, or unpacks to more than it says, is refused', async () => {
    const whole = png(3, filtered([[1, 2, 3]], 0, 1), 0)
    const bomb = png(3, [Buffer.alloc(5_000_000)], 0)
    for (const bytes of [whole.subarray(0, 40), whole.subarray(0, 60), bomb, png(9, [Buffer.from([7, 1])], 0)])
      await assert.rejects(distortPicture(bytes, how()), { name: 'Failure' })
  })
})

const segment = (marker: number, data: Buffer) => Buffer.concat([Buffer.from([0xff, marker, 0, data.length + 2]), data])
const part = (type: string, data: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return Buffer.concat([Buffer.from(type), length, data, Buffer.alloc(data.length % 2)])
}
const riff = (parts: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(parts.length + 4)
  return Buffer.concat([Buffer.from('RIFF'), length, Buffer.from('WEBP'), parts])
}

test('a JPEG and a WebP lose what rides along, and keep their picture', async () => {
  const scan = Buffer.from('ffda0002aabbccffd9', 'hex')
  const start = Buffer.from('ffd8', 'hex')
  const jfif = segment(0xe0, Buffer.from('JFIF\0'))
  const jpeg = Buffer.concat([start, jfif, segment(0xe1, SECRET), segment(0xfe, SECRET), scan])
  assert.deepEqual(await distortPicture(jpeg, how()), Buffer.concat([start, jfif, scan]))
  const pixels = part('VP8 ', Buffer.from('abc'))
  const webp = riff(
    Buffer.concat([part('VP8X', Buffer.from([0x1c, 0])), pixels, part('EXIF', SECRET), part('XMP ', SECRET)]),
  )
  assert.deepEqual(
    await distortPicture(webp, how()),
    riff(Buffer.concat([part('VP8X', Buffer.from([0x10, 0])), pixels])),
  )
  assert.equal(await distortPicture(Buffer.from('GIF89a'), how()), undefined)
})

test('noise is even and stays between 0 and 1', () => {
  const random = noiseFor(SECRET, 'z')
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < 40_000; i++) {
    const quarter = Math.floor(random() * 4)
    counts[quarter] = (counts[quarter] ?? 0) + 1
  }
  assert.ok(
    counts.every((count) => count > 9500 && count < 10_500),
    counts.join(),
  )
})

const body = (url: string) => ({
  model: 'm',
  messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
  temperature: 0.123,
  instances: [{ x: [0.123, -7.456, 3] }],
})
const open = async (t: Parameters<typeof startUpstream>[0], guards: object) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    guards,
  })
  return { upstream, gateway }
}

describe('a request', () => {
  const picture = png(50, filtered([Array.from({ length: 50 }, (_, i) => i * 4)], 1, 1), 0)
  const url = `data:image/png;base64,${picture.toString('base64')}`

  test('has its pictures and the numbers that are named moved, and nothing else', async (t) => {
    const { upstream, gateway } = await open(t, {
      'input-distortion': { mode: 'enforce', members: ['instances'], step: 0.1 },
    })
    for (let i = 0; i < 2; i++) await gateway.send('/v1/chat/completions', body(url))
    const [sent, again] = upstream.recorded.map((one) => one.body)
    assert.equal(again, sent)
    const { messages, temperature, instances } = JSON.parse(sent ?? '')
    assert.equal(temperature, 0.123)
    const [a, b, c] = instances[0].x
    assert.ok([0.1, 0.2].includes(a) && [-7.5, -7.4].includes(b) && c === 3, `${a} ${b} ${c}`)
    const [head, data] = messages[0].content[0].image_url.url.split(',')
    assert.equal(head, 'data:image/png;base64')
    assert.ok(!Buffer.from(data, 'base64').includes(SECRET) && data !== picture.toString('base64'))
    assert.deepEqual(gateway.exchanges[0]?.decisions[0]?.because, ['input-distortion'])
  })
  test('with a damaged picture is refused', async (t) => {
    const { upstream, gateway } = await open(t, { 'input-distortion': { mode: 'enforce' } })
    assert.equal((await gateway.send('/v1/chat/completions', body(url.slice(0, 90)))).status, 403)
    assert.equal(upstream.recorded.length, 0)
  })
  test('arrives as it was sent where the guard is off, as it is by default', async (t) => {
    const { upstream, gateway } = await open(t, {})
    await gateway.send('/v1/chat/completions', body(url))
    assert.deepEqual(JSON.parse(upstream.recorded[0]?.body ?? ''), body(url))
  })
})
