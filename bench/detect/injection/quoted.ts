// Documents that quote attacks: what a security team, a tutorial or a test suite writes. Real pages around, real attacks
// inside, both from sources that no model was trained on; the frames are this bench's own and stand in no training text.
import type { Row } from '../../../scripts/train-detection/corpus.ts'

const FRAMES: readonly ((attack: string, other: string) => string)[] = [
  (attack) =>
    `In March our assistant received the message "${attack}" from an unknown account. It was refused and logged.`,
  (attack) => `### What an injection looks like\n\n> ${attack}\n\nNever pass such input to a tool without a check.`,
  (attack, other) => `The red team tried two prompts, “${attack}” and “${other}”. Both were caught by the guardrail.`,
  (attack) =>
    `Our regression suite holds this sample:\n\n\`\`\`\n${attack}\n\`\`\`\n\nIt must be classified as malicious.`,
  (attack) => `| sample | label |\n| --- | --- |\n| ${attack} | attack |\n\nThe table shows an excerpt of the dataset.`,
  (attack) =>
    `The paper gives '${attack}' as an example of an adversarial instruction and measures how many models follow it.`,
  (attack) =>
    `const JAILBREAKS = [\n  ${JSON.stringify(attack)},\n]\n\nfor (const text of JAILBREAKS) assert(detector.flags(text))`,
  (attack) =>
    `Slide 12: prompt injection. The classic payload is: "${attack}". Discuss why filters on words alone do not help.`,
]
const PARAGRAPH = '\n\n'

/** One document for each attack: the frame stands between two paragraphs of the page. */
export function quotedDocuments(pages: readonly Row[], attacks: readonly Row[]): string[] {
  const lines = attacks.map(({ text }) => text.replace(/\s+/g, ' ').trim()).filter(({ length }) => length <= 300)
  return lines.map((attack, i) => {
    const frame = FRAMES[i % FRAMES.length]?.(attack, lines[(i + 1) % lines.length] ?? '') ?? ''
    const page = (pages[i % pages.length]?.text ?? '').split(PARAGRAPH)
    const at = Math.ceil(page.length / 2)
    return [...page.slice(0, at), frame, ...page.slice(at)].join(PARAGRAPH)
  })
}
