// A statement that the model wrote does what whoever steers the model wants.
import { defineRule } from './define.ts'
import { modelOutputInto } from './taint.ts'

const SINK =
  /(?:^|\.)(?:execute|executemany|executescript|query|raw|\$queryRawUnsafe|\$executeRawUnsafe|executeQuery|executeUpdate|read_sql|read_sql_query|exec_driver_sql|Query|QueryRow|Exec)$/

export const modelOutputToSql = defineRule({
  id: 'model-output-to-sql',
  title: 'What a model says is sent to a database as it is',
  severity: 'high',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection'],
  controls: ['encode-model-output', 'least-model-privilege'],
  remedy: 'give the model parameters to fill in, not the statement; use a connection that can only read',
  checkUnit: (unit) => modelOutputInto(unit, { call: SINK }),
  examples: {
    hit: [
      {
        'a.py':
          'import openai, sqlite3\nc = openai.OpenAI()\ndef f(q, cursor):\n    sql = c.responses.create(model="gpt-4o", input=q).output_text\n    return cursor.execute(sql)\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import openai, sqlite3\nc = openai.OpenAI()\ndef f(q, cursor):\n    name = c.responses.create(model="gpt-4o", input=q).output_text\n    return cursor.execute("select * from t where name = ?", (name,))\n',
      },
    ],
  },
})
