// A statement that the model wrote does what whoever steers the model wants.
import { defineRule } from './define.ts'
import { modelOutputInto } from './taint.ts'

const SINK =
  /(?:^|\.)(?<!(?:executor|agent|tool|pool|chain|workflow|collection|index|store|retriever)s?(?:\(\))?\.)(?:execute|exec_query|find_by_sql|select_all|unprepared|SqlCommand|NpgsqlCommand|MySqlCommand|FromSqlRaw|ExecuteSqlRaw(?:Async)?|createNativeQuery|queryForList|prepareStatement|executemany|executescript|query|raw|\$queryRawUnsafe|\$executeRawUnsafe|executeQuery|executeUpdate|read_sql|read_sql_query|exec_driver_sql|Query|QueryRow|Exec)$/

/** Tools ask many things that are called a query; these speak SQL. */
const OF_TOOLS =
  /(?:^|[._])(?:cur|cursor|conn|connection|db|database|pool|engine|sqlite|pg|mysql|duckdb|con|knex|sequelize|prisma|jdbc\w*|tx|trx|sql)(?:\(\))?\.\$?(?:execute|executemany|executescript|query|queryRawUnsafe|executeRawUnsafe|raw|all|run|exec|prepare|read_sql|sql|queryForList|Query|QueryRow|QueryContext|Exec|ExecContext|fetch|fetchrow)$|(?:^|\.)read_sql(?:_query)?$/i

export const modelOutputToSql = defineRule({
  id: 'model-output-to-sql',
  title: 'What a model says is sent to a database as it is',
  severity: 'high',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection'],
  controls: ['encode-model-output', 'least-model-privilege'],
  remedy: 'give the model parameters to fill in, not the statement; use a connection that can only read',
  checkUnit: (unit, evidence) =>
    modelOutputInto(unit, evidence, {
      call: SINK,
      ofTools: { call: OF_TOOLS, more: { severity: 'medium' } },
    }),
  examples: {
    hit: [
      {
        'a.rb': 'require "ruby_llm"\nsql = RubyLLM.chat.ask("x").content\nActiveRecord::Base.connection.execute(sql)\n',
      },
      {
        'A.java':
          'import dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { void f(OpenAiChatModel m, JdbcTemplate t) { String sql = m.chat("x"); t.execute(sql); } }\n',
      },
      {
        'a.cs':
          'using OpenAI.Chat;\nclass A { async Task F(ChatClient c) { ChatCompletion r = await c.CompleteChatAsync("x"); var cmd = new SqlCommand(r.Text, db); } }\n',
      },
      {
        'a.py':
          'import openai, sqlite3\nc = openai.OpenAI()\ndef f(q, cursor):\n    sql = c.responses.create(model="gpt-4o", input=q).output_text\n    return cursor.execute(sql)\n',
      },
      {
        'server.py':
          'import psycopg\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef rows(table: str) -> str:\n    """Show rows."""\n    cursor.execute(f"SELECT * FROM {table}")\n    return cursor.fetchall()\n',
      },
      {
        'a.py':
          'import openai, sqlite3\nc = openai.OpenAI()\nclass Desk:\n    def ask(self, q):\n        return c.responses.create(model="gpt-4o", input=q).output_text\n    def answer(self, q):\n        self.sql = self.ask(q)\n        return self.db.execute(self.sql)\n',
      },
    ],
    miss: [
      {
        'server.py':
          'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef rows(name: str) -> str:\n    """Show rows."""\n    cursor.execute("SELECT * FROM t WHERE name = %s", (name,))\n    db.execute(select(User).where(User.name == name))\n    return collection.query(name)\n',
      },
      { 'a.rb': 'require "ruby_llm"\ntext = RubyLLM.chat.ask("x").content\nagent.execute(text)\n' },
      {
        'a.py':
          'import openai, sqlite3\nc = openai.OpenAI()\ndef f(q, cursor):\n    name = c.responses.create(model="gpt-4o", input=q).output_text\n    return cursor.execute("select * from t where name = ?", (name,))\n',
      },
    ],
  },
})
