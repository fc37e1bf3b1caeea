// How libraries let a program say a tool, a server or an agent: Go, the JVM, .NET and Rust. One small tree for each shape.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'Go: the official SDK',
    'tools',
    {
      'a.go':
        'package main\nimport "github.com/modelcontextprotocol/go-sdk/mcp"\nfunc main() { s := mcp.NewServer(&mcp.Implementation{Name: "desk"}, nil); mcp.AddTool(s, &mcp.Tool{Name: "greet", Description: "d"}, F); s.AddTool(&mcp.Tool{Name: "go"}, G) }\n',
    },
    ['go', 'greet'],
  ],
  [
    'Go: mcp-golang',
    'tools',
    {
      'a.go':
        'package main\nimport mcp_golang "github.com/metoro-io/mcp-golang"\nfunc main() { server := mcp_golang.NewServer(t); err := server.RegisterTool("hello", "Says hello", func(a A) {}) }\n',
    },
    ['hello'],
  ],
  [
    'Go: Genkit',
    'tools',
    {
      'a.go':
        'package main\nimport "github.com/firebase/genkit/go/genkit"\nfunc main() { genkit.DefineTool(g, "getWeather", "d", func() {}) }\n',
    },
    ['getWeather'],
  ],
  [
    'Go: ADK',
    'tools',
    {
      'a.go':
        'package main\nimport "google.golang.org/adk/tool/functiontool"\nfunc main() { t, err := functiontool.New(functiontool.Config{Name: "get_weather", Description: "d"}, F) }\n',
    },
    ['get_weather'],
  ],
  [
    'Go: Eino',
    'tools',
    {
      'a.go':
        'package main\nimport ("github.com/cloudwego/eino/components/tool/utils"; "github.com/cloudwego/eino/schema")\nfunc main() { t := utils.InferTool("ask_it", "d", F); u := utils.NewTool(&schema.ToolInfo{Name: "tell_it", Desc: "d"}, G) }\n',
    },
    ['ask_it', 'tell_it'],
  ],
  [
    'Go: what answers as a tool must',
    'tools',
    {
      'a.go':
        'package tools\nimport "github.com/tmc/langchaingo/tools"\ntype Calc struct{}\nvar _ tools.Tool = Calc{}\nfunc (c Calc) Description() string { return "Does sums." }\nfunc (c Calc) Name() string { return "calculator" }\nfunc (c Calc) Call(ctx context.Context, in string) (string, error) { return "", nil }\n',
    },
    ['calculator'],
  ],
  [
    'Go: a type of the project, in another package',
    'tools',
    {
      'go.mod': 'module example.org/x/desk\n',
      'pkg/api/api.go':
        'package api\nimport "github.com/mark3labs/mcp-go/mcp"\ntype ServerTool struct { Tool Tool }\ntype Tool struct { Name string; Description string; InputSchema any }\n',
      'pkg/tools/pods.go':
        'package tools\nimport "example.org/x/desk/pkg/api"\n// mcp\nfunc initPods() []api.ServerTool { return []api.ServerTool{ {Tool: api.Tool{ Name: "pods_list", Description: "d", InputSchema: x }}, {Tool: api.Tool{ Name: "pods_get", Description: "d", InputSchema: x }} } }\n',
    },
    ['pods_get', 'pods_list'],
  ],
  [
    'Go: mcp-go',
    'tools',
    {
      'a.go':
        'package main\nimport "github.com/mark3labs/mcp-go/mcp"\nconst toolFind = "find_it"\nfunc newFind() (tool mcp.Tool, h server.ToolHandlerFunc) { return mcp.NewTool(toolFind, mcp.WithDescription("d")), nil }\nvar t2 = mcp.NewToolWithRawSchema("raw_it", "d", s)\n',
    },
    ['find_it', 'raw_it'],
  ],
  [
    'Java: the official SDK',
    'tools',
    {
      'A.java':
        'import io.modelcontextprotocol.spec.McpSchema;\nimport io.modelcontextprotocol.spec.McpSchema.Tool;\nclass A { void f() { var a = McpSchema.Tool.builder().name("ask_it").description("d").build(); var b = new McpSchema.Tool("tell_it", "d", schema); var c = new Tool("go_it", "d", schema); } }\n',
    },
    ['ask_it', 'go_it', 'tell_it'],
  ],
  [
    'Java: a server',
    'mcpServers',
    {
      'A.java':
        'import io.modelcontextprotocol.server.McpServer;\nclass A { void f() { McpServer.sync(t).serverInfo("desk-java", "1").build(); } }\n',
    },
    ['desk-java'],
  ],
  [
    'Quarkus: a server called like its artefact',
    'mcpServers',
    {
      'desk/pom.xml':
        '<project><parent><artifactId>desk-parent</artifactId></parent><artifactId>mcp-server-desk</artifactId><dependencies><dependency><groupId>io.quarkiverse.mcp</groupId><artifactId>quarkus-mcp-server-stdio</artifactId></dependency></dependencies></project>',
      'desk/src/main/java/A.java':
        'import io.quarkiverse.mcp.server.Tool;\nclass A { @Tool(description = "d") String ask() { return ""; } }\n',
    },
    ['mcp-server-desk'],
  ],
  [
    'Spring: a function that is kept with a description',
    'tools',
    {
      'A.java':
        'import org.springframework.ai.chat.client.ChatClient;\n@Configuration class A { @Bean @Description("Get the weather") public Function<Req, Res> currentWeather() { return x; } }\n',
    },
    ['currentWeather'],
  ],
  [
    'Spring: annotations',
    'tools',
    {
      'A.java':
        'import org.springaicommunity.mcp.annotation.McpTool;\nclass A { @McpTool(name = "ask_it", description = "d") public String ask() {} @McpTool(description = "d") public String tell() {} }\n',
    },
    ['ask_it', 'tell'],
  ],
  [
    'Kotlin: the official SDK',
    'tools',
    {
      'A.kt':
        'import io.modelcontextprotocol.kotlin.sdk.server.Server\nimport io.modelcontextprotocol.kotlin.sdk.Implementation\nfun f() { val server = Server(Implementation(name = "desk-kt", version = "1"), ServerOptions())\n server.addTool(name = "get_alerts", description = "d", inputSchema = Tool.Input()) { request -> x }\n server.addTool("get_forecast", "d") { x } }\n',
    },
    ['get_alerts', 'get_forecast'],
  ],
  [
    'Kotlin: a server',
    'mcpServers',
    {
      'A.kt':
        'import io.modelcontextprotocol.kotlin.sdk.server.Server\nimport io.modelcontextprotocol.kotlin.sdk.Implementation\nfun f() { val server = Server(Implementation(name = "desk-kt", version = "1"), ServerOptions()) }\n',
    },
    ['desk-kt'],
  ],
  [
    'Kotlin: Koog',
    'tools',
    {
      'A.kt':
        'import ai.koog.agents.core.tools.*\n@LLMDescription("d")\nclass T : ToolSet { @Tool @LLMDescription("x")\n fun switchOn(): String = ""\n @Tool("go_it") fun go(): String = ""\n }\nobject Ask : SimpleTool<Args>() { override val name = "ask_it"; override val description = "d" }\n',
    },
    ['ask_it', 'go_it', 'switchOn'],
  ],
  [
    'Kotlin: a class above which stands a tool of a library',
    'tools',
    {
      'A.kt':
        'import org.jetbrains.ide.mcp.Response\nimport org.jetbrains.mcpserverplugin.AbstractMcpTool\nclass GetIt : AbstractMcpTool<NoArgs>(NoArgs.serializer()) {\n override val name: String = "get_it"\n override val description: String = "d"\n override fun handle(project: Project, args: NoArgs): Response { return x } }\n',
    },
    ['get_it'],
  ],
  [
    'C#: attributes, with a name and without',
    'tools',
    {
      'A.cs':
        'using ModelContextProtocol.Server;\n[McpServerToolType] public static class A { [McpServerTool(Name = "ask_it"), Description("d")] public static string Ask() => ""; [McpServerTool, Description("d")] public static async Task<string> TellAsync() => ""; }\n',
    },
    ['Tell', 'ask_it'],
  ],
  [
    'C#: tools of methods, with options',
    'tools',
    {
      'A.cs':
        'using ModelContextProtocol.Server;\nclass P { void F() { var t = McpServerTool.Create(Fn, new() { Name = "ask_it" }); var u = McpServerTool.Create(() => 1, new McpServerToolCreateOptions { Name = "tell_it" }); } }\n',
    },
    ['ask_it', 'tell_it'],
  ],
  [
    'C#: a server by its options',
    'mcpServers',
    {
      'A.cs':
        'using ModelContextProtocol.Server;\nbuilder.Services.AddMcpServer(options => { options.ServerInfo = new Implementation { Name = "desk-cs", Version = "1" }; }).WithStdioServerTransport();\n',
    },
    ['desk-cs'],
  ],
  [
    'C#: a server called like its project',
    'mcpServers',
    {
      'src/DeskServer/DeskServer.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="ModelContextProtocol" Version="0.3" /></ItemGroup></Project>',
      'src/DeskServer/Program.cs':
        'using ModelContextProtocol.Server;\nbuilder.Services.AddMcpServer().WithStdioServerTransport().WithToolsFromAssembly();\n',
    },
    ['DeskServer'],
  ],
  [
    'C#: triggers of functions of Azure',
    'tools',
    {
      'A.cs':
        'using Microsoft.Azure.Functions.Worker;\nusing Microsoft.Azure.Functions.Worker.Extensions.Mcp;\npublic class T { const string N = "save_snippet"; [Function(nameof(Save))] public string Save([McpToolTrigger(N, "Saves.")] ToolInvocationContext c) {} [Function("x")] public string Get([McpToolTrigger("get_snippet", "Gets.")] ToolInvocationContext c) {} }\n',
    },
    ['get_snippet', 'save_snippet'],
  ],
  [
    'C#: servers that are started and reached',
    'mcpServers',
    {
      'A.cs':
        'using ModelContextProtocol.Client;\nvar t = new StdioClientTransport(new StdioClientTransportOptions { Name = "Everything", Command = "npx", Arguments = ["-y", "@modelcontextprotocol/server-everything"] });\nvar u = new HttpClientTransport(new() { Endpoint = new Uri("https://learn.example.org/api/mcp"), Name = "Learn" });\n',
    },
    ['Everything', 'Learn'],
  ],
  [
    'C#: Semantic Kernel',
    'tools',
    {
      'A.cs':
        'using Microsoft.SemanticKernel;\nclass L { [KernelFunction("get_lights")] public void GetLights() {} [KernelFunction] public Task ChangeAsync() {} }\nvar f = AIFunctionFactory.Create(GetTime);\nvar g = AIFunctionFactory.Create(() => 1, "now_it", "d");\n',
    },
    ['Change', 'GetTime', 'get_lights', 'now_it'],
  ],
  [
    'Rust: the official SDK',
    'tools',
    {
      'a.rs':
        'use rmcp::tool;\nimpl A { #[tool(description = "d")] async fn ask_it(&self) {} #[tool(name = "tell-it", description = "d")] fn tell(&self) {} }\n',
    },
    ['ask_it', 'tell-it'],
  ],
  [
    'Rust: a structure by its attribute',
    'tools',
    {
      'a.rs':
        'use rust_mcp_sdk::macros::{mcp_tool, JsonSchema};\n#[mcp_tool(name = "say_hello", description = "d")]\n#[derive(Debug)]\npub struct SayHello { name: String }\n',
    },
    ['say_hello'],
  ],
  [
    'Rust: a server by its details',
    'mcpServers',
    {
      'a.rs':
        'use rust_mcp_sdk::schema::{Implementation, InitializeResult};\nlet d = InitializeResult { server_info: Implementation { name: "desk-rs".to_string(), version: "1".into() }, meta: None };\n',
    },
    ['desk-rs'],
  ],
  [
    'Rust: Rig',
    'tools',
    {
      'a.rs':
        'use rig::tool::Tool;\nstruct Adder;\nimpl Tool for Adder { const NAME: &\'static str = "add"; async fn definition(&self, _p: String) -> ToolDefinition { ToolDefinition { name: "add".to_string(), description: "d".into(), parameters: json!({}) } } }\n',
    },
    ['add'],
  ],
  [
    'Rust: what a client says of itself',
    'mcpServers',
    {
      'a.rs':
        'use rust_mcp_sdk::schema::{Implementation, InitializeRequestParams};\nlet d = InitializeRequestParams { client_info: Implementation { name: "desk-client".to_string(), version: "1".into() } };\n',
    },
    [],
  ],
  [
    'C#: names of another class',
    'tools',
    {
      'Names.cs': '// mcp\nnamespace Desk;\npublic static class Names { public const string Ask = "ask_it"; }\n',
      'A.cs':
        'using Microsoft.Azure.Functions.Worker.Extensions.Mcp;\nusing static Desk.Names;\npublic class T { [Function("x")] public string F([McpToolTrigger(Ask, "Asks.")] C c) {} [Function("y")] public string TellIt([McpToolTrigger(nameof(TellIt), "Tells.")] C c) {} }\n',
    },
    ['TellIt', 'ask_it'],
  ],
  [
    'Kotlin: a name that is worked out',
    'tools',
    {
      'A.kt':
        'import org.jetbrains.mcpserverplugin.AbstractMcpTool\nclass GetIt : AbstractMcpTool<NoArgs>(NoArgs.serializer()) {\n    override val name: String\n        get() = "get_it"\n}\n',
    },
    ['get_it'],
  ],
  [
    'Azure Functions: a server by its settings',
    'mcpServers',
    {
      'src/host.json': '{"version": "2.0", "extensions": {"mcp": {"serverName": "Desk Server", "serverVersion": "1"}}}',
    },
    ['Desk Server'],
  ],
  [
    'compose: models that it names, and models of variables',
    'models',
    {
      'compose.yaml':
        'services:\n  app:\n    environment:\n      - OPENAI_MODEL_NAME=gpt-4.1\n      - QUESTION=gpt-4o\n    models:\n      gemma3:\n        model_var: MODEL\nmodels:\n  gemma3:\n    model: ai/gemma3:4B-Q4_0\n',
    },
    ['ai/gemma3:4B-Q4_0', 'gpt-4.1'],
  ],
])
