// What should leave a finding as it is and does not: whoever wrote it believes that somebody answers.
import { defineRule } from './define.ts'

const UNPINNED = 'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b")'

export const voidSuppression = defineRule({
  id: 'void-suppression',
  title: 'An entry that should leave a finding as it is counts for nothing',
  severity: 'low',
  confidence: 1,
  threats: ['generic-security-threats'],
  controls: ['dev-security', 'ai-program'],
  remedy: 'name a rule, an owner and a day within a year, or take the entry out',
  *check(_, { suppressions }) {
    for (const { file, line, why } of suppressions.void) yield { file, line, subject: why }
  },
  examples: {
    hit: [
      { 'a.py': `${UNPINNED}  # parapet: ignore unpinned-model until=2027-01-01\n` },
      { 'a.py': `${UNPINNED}  # parapet: ignore unpinned-model owner=ada\n` },
      { 'a.py': `${UNPINNED}  # parapet: ignore unpinned-model owner=ada until=2026-11-20\n` },
      { 'a.py': `${UNPINNED}  # parapet: ignore unpinned-model owner=ada until=9999-12-31\n` },
      { 'a.py': `${UNPINNED}  # parapet: ignore unpined-model owner=ada until=2027-01-01\n` },
      { 'a.py': `${UNPINNED}  # parapet: ignore\n` },
      { '.parapet-ignore.yaml': 'ignore:\n  - rule: "*"\n    owner: ada\n    until: "2027-01-01"\n' },
      { '.parapet-ignore.yaml': 'ignored:\n  - rule: "*"\n' },
    ],
    miss: [
      {
        'a.py': `${UNPINNED}  # parapet: ignore unpinned-model owner=ada until=2027-01-01 because: a copy is checked\n`,
      },
      { 'a.py': `${UNPINNED}  # parapet: ignored by the scanner\n` },
      { '.parapet-ignore.yaml': 'ignore: []\n' },
    ],
  },
})
