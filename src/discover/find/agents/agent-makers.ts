// The words by which libraries make agents, and whether a call is one of them.
import type { Package } from '../../knowledge/packages.ts'
import { type Call, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { HANDS, NO_LIBRARY, SPOKEN } from './agent-words.ts'
import type { Evidence } from '../evidence.ts'

const MAKERS =
  /^(?:Agent|LlmAgent|SequentialAgent|ParallelAgent|LoopAgent|ReActAgent|ReactAgent|FunctionAgent|FunctionCallingAgent|OpenAIAgent|OpenAIAssistantAgent|AssistantAgent|ConversableAgent|UserProxyAgent|GroupChatManager|CodeAgent|ToolCallingAgent|MultiStepAgent|ToolLoopAgent|ChatCompletionAgent|OpenAIResponsesAgent|AzureAIAgent|AgentWorkflow|AgentExecutor|RealtimeAgent|VoiceAgent|VoicePipelineAgent|ChatAgent|BedrockAgent|RoutedAgent|SandboxAgent|BrowserAgent|StructuredChatAgent|ZeroShotAgent|AgentRunner|create_react_agent|createReactAgent|create_agent|createAgent|create_tool_calling_agent|create_openai_functions_agent|create_openai_tools_agent|create_deep_agent|createDeepAgent|create_supervisor|createSupervisor|create_swarm|initialize_agent|create_sql_agent|create_pandas_dataframe_agent|create_csv_agent|create_structured_chat_agent|create_conversational_retrieval_agent|BaseAgent|MultiModalReActAgent|SelectorGroupChat|RoundRobinGroupChat|MagenticOneGroupChat|NewAgent|New(?:Typed)?ChatModelAgent|NewSequentialAgent|NewParallelAgent|NewLoopAgent|NewDeepAgent|NewSupervisorAgent|NewMultiAgent|AIAgent|CreateAIAgent|AsAIAgent|agentBuilder|define_deep_agent|defineDeepAgent|supervisorBuilder|multiAgent|createSwarm|createHandoffAgent|AgentCard|Team|RAG|AtomicAgent|DurableAgent)$/

export function isMaker(call: Call, unit: Unit, evidence: Evidence): string | undefined {
  // `Agent[In, Out](…)`: what stands in brackets are its types.
  const callee = call.callee.kind === 'index' ? call.callee.of : call.callee
  const path = pathOf(callee).replace(/<.*$/, '')
  // The ADK of Go has a package for each kind: `llmagent.New(llmagent.Config{…})`.
  if (
    unit.language === 'go' &&
    /^(?:(?:llm|sequential|parallel|loop|workflow)agents?|deep|supervisor)\.New$/.test(path)
  )
    return evidence.packageOf(unit, path) ? 'NewAgent' : undefined
  // Of Rig, a client builds them: `client.agent("…").preamble("…").build()`.
  if (unit.language === 'rust' && /(?:^|\.)agent\(\)(?:\.\w+\(\))*\.build$/.test(path))
    return evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('rig')) ? 'agentBuilder' : undefined
  const words = path.split('.')
  // LlamaIndex of TypeScript makes one by a function called just that.
  if (
    path === 'agent' &&
    unit.language !== 'python' &&
    evidence.packageOf(unit, 'agent')?.frameworks.includes('llama-index')
  )
    return 'Agent'
  const name = words.findLast((word) => MAKERS.test(word.replace(/\(\)$/, '')))?.replace(/\(\)$/, '')
  const last = lastName(callee)
  const [head = ''] = words
  if (name === undefined && isFurtherKind(call, last))
    return isOfAgents(evidence.packageOf(unit, head)) ? last : undefined
  if (
    name === undefined ||
    (name !== last && !/^(?:from_tools|from_llm|builder|build|new|from_agent_and_tools|create|CreateAsync)$/.test(last))
  )
    return undefined
  const pack = evidence.packageOf(unit, head)
  return pack && makesAgent(name, pack) ? name : undefined
}

/** Who says what it is called, and how it speaks or what it asks, is an agent, whatever kind of one a library calls it. */
const isFurtherKind = (call: Call, word: string): boolean =>
  /[a-z]Agent$/.test(word) &&
  field(call, 'name') !== undefined &&
  field(call, ...SPOKEN, ...HANDS, 'model', 'llm', 'llm_config', 'model_client') !== undefined

const isOfAgents = (pack: Package | undefined): boolean =>
  pack !== undefined && pack.name !== 'a2a-sdk' && pack.frameworks.some((one) => !NO_LIBRARY.test(one))

/** Words that mean an agent in one library, and what runs agents in others. */
const OF_ONE: ReadonlyMap<string, string> = new Map([
  ['AgentRunner', 'llama-index'],
  ['RAG', 'neuron-ai'],
])

/** Whether a word that means an agent means one in a library. */
export function makesAgent(word: string, pack: Package): boolean {
  const only = OF_ONE.get(word)
  return MAKERS.test(word) && (only === undefined || pack.frameworks.includes(only))
}
