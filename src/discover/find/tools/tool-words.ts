// The words by which tools are declared, in every library, and how one is written down.
import { effectOf } from '../../knowledge/effects.ts'
import type { Unit } from '../../syntax/expr.ts'
import { callsWithin } from '../calls.ts'
import type { Evidence } from '../evidence.ts'

export const DECORATOR =
  /(?:^|\.)(?:tool|function_tool|async_tool|ai_tool|beta_tool|beta_async_tool|kernel_function|tool_plain|register_tool|agent_tool|mcp_tool|ai_function|(?:Define)?KernelFunction|Mcp\w*Tool|Tool|LlmTool|AgentTool|ai_callable|llm_tool|gptscript_tool|P|define_tool|AiTool|register_for_llm)$/
export const BASE =
  /(?:^|\.)(?:BaseTool|Tool|StructuredTool|BaseAnthropicTool|FunctionTool|BaseToolkitTool|McpTool|MCPTool|AgentTool|DynamicTool|AsyncBaseTool|BuiltinTool|RagTool|MCP\.Tool|FastMcp\.Tool|ActionTool\.Base)$/
export const SCHEMA = [
  'input_schema',
  'inputSchema',
  'InputSchema',
  'args_schema',
  'argsSchema',
  'parametersJsonSchema',
  'RawInputSchema',
  'schema',
  'inputs',
]
export const NAMING =
  /^(?:tool|Tool|registerTool|register_tool|NewTool|newTool|registerAppTool|addTool|AddTool|add_tool|DynamicStructuredTool|DynamicTool|StructuredTool|from_function|from_defaults|FunctionTool|ToolMetadata|defineTool|createTool|FunctionDeclaration|NewToolWithRawSchema|FunctionDefinition|FunctionDefinitionParam|ToolParam|ToolSpecification|FunctionToolCallback|Function|as_tool|asTool|ToolDefinition|ChatCompletionToolParam|tool_definition|ToolUnionParam|QueryEngineTool|RetrieverTool|create_retriever_tool|createRetrieverTool|BetaTool|FunctionParameters|Tool\.as|CreateFunctionTool|NewFunctionTool|InferTool|ToolBuilder|tool_from|registerToolTask|dynamicTool|betaZodTool|zodFunction|FunctionInfo|define_function|RegisterTool|DefineTool|ToolInfo|FunctionSchema|ComponentTool|McpToolTrigger|useCopilotAction|useFrontendTool|useHumanInTheLoop|create_tool_from_function)$/
export const TAKES_TOOLS =
  /^(?:bind_tools|bindTools|streamText|generateText|Agent|LlmAgent|create_react_agent|createReactAgent|create_agent|createAgent|create_tool_calling_agent|create_openai_functions_agent|create_openai_tools_agent|AgentExecutor|initialize_agent|AssistantAgent|ConversableAgent|ToolNode|ReActAgent|FunctionAgent|FunctionCallingAgent|from_tools|CodeAgent|ToolCallingAgent|ToolLoopAgent|create_deep_agent|createDeepAgent|Task|generate|tools|addTools|ChatAgent|AgentWorker|OpenAIAgent|run|tool_runner|toolRunner|create_supervisor|RealtimeAgent|GenerativeModel|Crew|FunctionToolset|streamUI|registerTools|ReAct|CodeAct|GenerateContentConfig|as_agent|asAgent)$/
/** These make other things of a function in the same words. */
export const NO_TOOL_FACTORY = /(?:^|\.)\w*(?:Prompt|Resource|ResourceTemplate)\.from_function$/
const NO_TOOL =
  /^(?:tools?|function|object|string|test|name|type|default|undefined|get_tools|all|wrapper|wrapped|decorated|decorator|inner|fn|func|callback)$/i

/** A name that a person or a model could have given. */
export const isName = (name: string | undefined): name is string =>
  name !== undefined && /^[\p{L}_][\p{L}\p{N}_.:/ -]{0,80}$/u.test(name) && !NO_TOOL.test(name)

export function addTool(
  name: string,
  description: string,
  unit: Unit,
  lines: { line: number; end: number },
  evidence: Evidence,
  confidence = 0.9,
) {
  const calls = callsWithin(unit, lines.line, lines.end)
  const effect = effectOf(name, description, calls)
  evidence.collector.add('tools', name, {
    file: unit.file,
    line: lines.line,
    confidence,
    attributes: { effect, ...(description === '' ? {} : { description: description.trim().slice(0, 300) }) },
  })
}
