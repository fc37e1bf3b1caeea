// Agents, tools and servers that no word of a library names as such: what stands together tells them. Each row is a small
// tree of its own, most of them with something beside that looks alike and is none.
import { tryTrees } from './testing.ts'

tryTrees([
  [
    'Go: types that answer what a model must know of a tool, in a server that no library wrote',
    'tools',
    {
      'tools/close.go':
        'package tools\n// mcp\ntype CloseTool struct{}\nfunc (t *CloseTool) Name() string { return "close_ticket" }\nfunc (t *CloseTool) Description() string { return "Closes." }\nfunc (t *CloseTool) InputSchema() map[string]any { return nil }\nfunc (t *CloseTool) Execute(a map[string]any) (string, error) { return "", nil }\n',
      'jobs/sweep.go':
        'package jobs\n// mcp\ntype Sweep struct{}\nfunc (s *Sweep) Name() string { return "sweep_disk" }\nfunc (s *Sweep) Description() string { return "Sweeps." }\nfunc (s *Sweep) Execute() error { return nil }\n',
    },
    ['close_ticket'],
  ],
  [
    'a tool of Mastra that nothing makes, beside a step of a flow',
    'tools',
    {
      'a.ts':
        'import { createStep } from "@mastra/core/workflows"\nconst lookUp = { id: "look_up", description: "Looks.", inputSchema: z.object({}), execute: async () => 1 }\nconst step = createStep({ id: "sort_out", description: "Sorts.", inputSchema: z.object({}), execute: async () => 1 })\n',
    },
    ['look_up'],
  ],
  [
    'a server that Semantic Kernel makes of functions, and one of a kernel',
    'mcpServers',
    {
      'a.py':
        'from semantic_kernel.connectors.mcp import create_mcp_server_from_functions\nserver = create_mcp_server_from_functions(plugin, server_name="Desk", plugin_name="desk")\n',
      'b.py':
        'from semantic_kernel import Kernel\nkernel = Kernel()\nserver = kernel.as_mcp_server(server_name="Shop")\n',
    },
    ['Desk', 'Shop'],
  ],
  [
    'a chat client of Spring that is told who it is and given tools',
    'agents',
    {
      'Reader.java':
        'import org.springframework.ai.chat.client.ChatClient;\nclass Reader { ChatClient c; Reader(ChatClient.Builder b) { this.c = b.build().mutate().defaultSystem("You read.").defaultTools(crawler).build(); } }\n',
      'Writer.java':
        'import org.springframework.ai.chat.client.ChatClient;\nclass Writer { ChatClient c; Writer(ChatClient.Builder b) { this.c = b.defaultSystem("You write.").build(); } }\n',
      'Clients.java':
        'import org.springframework.ai.chat.client.ChatClient;\n@Configuration class Clients { @Bean ChatClient desk(ChatClient.Builder b) { return b.defaultSystem("You help.").defaultTools(t).build(); } }\n',
    },
    ['Reader', 'desk'],
  ],
])
