// `parapet assess SYSTEM`: where a system stands, in words. Exits with 1 when a risk is above the appetite or a control is
// failing, so that a build or a release can wait for it.
import { EXIT } from '../fail.ts'
import type { Io } from '../io.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { fit, oneLine, pad, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag } from '../verb.ts'

/** As much of the reply of `GET /api/systems/:id` as is shown. */
interface State {
  id: string
  at: string
  catalog: string
  paragraph: string
  state: { status: string; counts: Record<string, number> }
  openRisks: { threat: string; name: string; designed: string; proven: string }[]
  openRiskCount: number
}

const AT_FLAG = { name: 'at', value: 'time', about: 'a past moment; else now' }

export const assess = defineVerb({
  name: 'assess',
  about: 'Shows where a system stands; exits with 1 when a risk is above the appetite or a control is failing',
  arguments: [{ name: 'system', about: 'id of the system' }],
  flags: () => [AT_FLAG, JSON_FLAG, URL_FLAG, ...PLACE_FLAGS],
  async run(call) {
    const [system = ''] = call.args
    const at = textFlag(call, 'at')
    const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`
    const transport = await openTransport(call)
    try {
      const path = `/api/systems/${encodeURIComponent(system)}${query}`
      const reply = (await transport.send({ method: 'GET', path, body: undefined })) as State
      call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : shown(reply, call.io))
      const isFailing = (reply.state.counts['failing'] ?? 0) > 0
      return reply.openRiskCount > 0 || isFailing ? EXIT.findings : EXIT.good
    } finally {
      await transport.close()
    }
  },
})

const WIDEST_LEVEL = 9
const WIDEST_THREAT = 40

function shown({ id, at, catalog, paragraph, state, openRisks, openRiskCount }: State, io: Io): string {
  const ink = paint(io.colour)
  const risks = openRisks.map(
    ({ threat, name, proven, designed }) =>
    fit(`  ${pad(proven, WIDEST_LEVEL)}  ${pad(oneLine(threat), WIDEST_THREAT)}  ${oneLine(name)}; ${designed} as designed`, io.width), // prettier-ignore
  )
  const more = openRiskCount - openRisks.length
  return [
    ink.bold(`${oneLine(id)}: ${state.status}`),
    oneLine(paragraph),
    ...(risks.length > 0 ? ['', 'Above the appetite:', ...risks] : []),
    ...(more > 0 ? [`  and ${more} more: parapet system threats ${oneLine(id)}`] : []),
    '',
    `as of ${at}, ${catalog}`,
    '',
  ].join('\n')
}
