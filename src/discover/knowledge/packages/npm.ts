// npm packages: the name is the module. p, a, f and v as for Python.
export const NPM = `
openai p=openai
@openai/agents f=openai-agents a=openai
@openai/agents-core f=openai-agents a=openai
@openai/codex-sdk f=codex p=openai
@openai/chatkit a=openai
@azure/openai p=azure-openai
@azure-rest/ai-inference p=azure-ai
@azure/ai-projects p=azure-ai
@azure/ai-agents p=azure-ai
@azure/search-documents v=azure-ai-search
@anthropic-ai/sdk p=anthropic
@anthropic-ai/bedrock-sdk p=aws-bedrock
@anthropic-ai/vertex-sdk p=google-vertex-ai
@anthropic-ai/claude-code p=anthropic f=claude-agent-sdk
@anthropic-ai/claude-agent-sdk p=anthropic f=claude-agent-sdk
@google/generative-ai p=google
@google/genai p=google
modelfusion f=modelfusion
@google/adk f=google-adk u=google
@google-cloud/vertexai p=google-vertex-ai
@google-cloud/aiplatform p=google-vertex-ai
@google-cloud/speech p=google-cloud-ai
@google-cloud/text-to-speech p=google-cloud-ai
@google-cloud/vision p=google-cloud-ai
@aws-sdk/client-bedrock p=aws-bedrock
@aws-sdk/client-bedrock-runtime p=aws-bedrock
@aws-sdk/client-bedrock-agent p=aws-bedrock
@aws-sdk/client-bedrock-agent-runtime p=aws-bedrock
@aws-sdk/client-bedrock-agentcore p=aws-bedrock
@aws-cdk/aws-bedrock-alpha a=aws-bedrock
aws-cdk-lib/aws-bedrock a=aws-bedrock
@cdklabs/generative-ai-cdk-constructs a=aws-bedrock
@aws-sdk/client-sagemaker p=aws-sagemaker
@aws-sdk/client-sagemaker-runtime p=aws-sagemaker
@aws-sdk/client-s3vectors v=s3-vectors
@aws-sdk/client-kendra v=amazon-kendra
cohere-ai p=cohere
@mistralai/mistralai p=mistral
groq-sdk p=groq
together-ai p=together
@fireworks-ai/sdk p=fireworks
replicate p=replicate
ollama p=ollama
@cerebras/cerebras_cloud_sdk p=cerebras
voyageai p=voyage
ai21 p=ai21
@huggingface/inference p=huggingface
@huggingface/hub p=huggingface
@huggingface/transformers f=transformers.js
@xenova/transformers f=transformers.js
elevenlabs p=elevenlabs
@elevenlabs/elevenlabs-js p=elevenlabs
@deepgram/sdk p=deepgram
assemblyai p=assemblyai
@fal-ai/client p=fal
@fal-ai/serverless-client p=fal
@runwayml/sdk p=runway
@perplexity-ai/perplexity_ai p=perplexity
@openrouter/sdk p=openrouter
@openrouter/ai-sdk-provider a=openrouter
@portkey-ai/gateway p=portkey
portkey-ai p=portkey
@tavily/core p=tavily
exa-js p=exa
@mendable/firecrawl-js p=firecrawl
@lmstudio/sdk p=lm-studio
node-llama-cpp f=llama-cpp
@mlc-ai/web-llm f=web-llm
onnxruntime-node f=onnxruntime
onnxruntime-web f=onnxruntime
@tensorflow/tfjs f=tensorflow.js
@tensorflow/tfjs-node f=tensorflow.js
brain.js f=brain.js
ml5 f=ml5
@mediapipe/tasks-genai f=mediapipe
ai f=vercel-ai-sdk
@ai-sdk/react f=vercel-ai-sdk
@ai-sdk/vue f=vercel-ai-sdk
@ai-sdk/svelte f=vercel-ai-sdk
@ai-sdk/rsc f=vercel-ai-sdk
@ai-sdk/provider f=vercel-ai-sdk
@ai-sdk/provider-utils f=vercel-ai-sdk
@ai-sdk/ui-utils f=vercel-ai-sdk
@ai-sdk/mcp f=vercel-ai-sdk,mcp
@ai-sdk/gateway f=vercel-ai-sdk a=vercel-ai-gateway
@ai-sdk/openai f=vercel-ai-sdk a=openai
@ai-sdk/openai-compatible f=vercel-ai-sdk
@ai-sdk/azure f=vercel-ai-sdk a=azure-openai
@ai-sdk/anthropic f=vercel-ai-sdk a=anthropic
@ai-sdk/google f=vercel-ai-sdk a=google
@ai-sdk/google-vertex f=vercel-ai-sdk a=google-vertex-ai
@ai-sdk/amazon-bedrock f=vercel-ai-sdk a=aws-bedrock
@ai-sdk/mistral f=vercel-ai-sdk a=mistral
@ai-sdk/cohere f=vercel-ai-sdk a=cohere
@ai-sdk/groq f=vercel-ai-sdk a=groq
@ai-sdk/xai f=vercel-ai-sdk a=xai
@ai-sdk/deepseek f=vercel-ai-sdk a=deepseek
@ai-sdk/togetherai f=vercel-ai-sdk a=together
@ai-sdk/fireworks f=vercel-ai-sdk a=fireworks
@ai-sdk/cerebras f=vercel-ai-sdk a=cerebras
@ai-sdk/perplexity f=vercel-ai-sdk a=perplexity
@ai-sdk/replicate f=vercel-ai-sdk a=replicate
@ai-sdk/fal f=vercel-ai-sdk a=fal
@ai-sdk/elevenlabs f=vercel-ai-sdk a=elevenlabs
@ai-sdk/deepgram f=vercel-ai-sdk a=deepgram
@ai-sdk/luma f=vercel-ai-sdk a=luma
ollama-ai-provider f=vercel-ai-sdk a=ollama
workers-ai-provider f=vercel-ai-sdk a=cloudflare-workers-ai
@cloudflare/ai p=cloudflare-workers-ai
agents f=cloudflare-agents
langchain f=langchain
@langchain/core f=langchain
@langchain/community f=langchain
@langchain/textsplitters f=langchain
@langchain/azure-cosmosdb f=langchain
@langchain/classic f=langchain
@langchain/openai f=langchain a=openai
@langchain/anthropic f=langchain a=anthropic
@langchain/google-genai f=langchain a=google
@langchain/google-vertexai f=langchain a=google-vertex-ai
@langchain/aws f=langchain a=aws-bedrock
@langchain/cohere f=langchain a=cohere
@langchain/mistralai f=langchain a=mistral
@langchain/groq f=langchain a=groq
@langchain/ollama f=langchain a=ollama
@langchain/deepseek f=langchain a=deepseek
@langchain/xai f=langchain a=xai
@langchain/tavily f=langchain a=tavily
@langchain/pinecone f=langchain v=pinecone
@langchain/qdrant f=langchain v=qdrant
@langchain/weaviate f=langchain v=weaviate
@langchain/mongodb f=langchain v=mongodb-atlas
@langchain/redis f=langchain v=redis
@langchain/mcp-adapters f=langchain,mcp
@langchain/langgraph f=langgraph
@langchain/langgraph-sdk f=langgraph
@langchain/langgraph-supervisor f=langgraph
langsmith
langfuse
llamaindex f=llama-index
@llamaindex/core f=llama-index
@llamaindex/workflow f=llama-index
@llamaindex/openai f=llama-index a=openai
@llamaindex/anthropic f=llama-index a=anthropic
@llamaindex/google f=llama-index a=google
@llamaindex/ollama f=llama-index a=ollama
@llamaindex/tools f=llama-index
@mastra/core f=mastra
@mastra/mcp f=mastra,mcp
@mastra/memory f=mastra
@mastra/rag f=mastra
@mastra/pg f=mastra v=pgvector
@mastra/libsql f=mastra
@elizaos/core f=eliza
genkit f=genkit
@genkit-ai/ai f=genkit
@genkit-ai/googleai f=genkit a=google
@genkit-ai/google-genai f=genkit a=google
@genkit-ai/vertexai f=genkit a=google-vertex-ai
@copilotkit/react-core f=copilotkit
@copilotkit/runtime f=copilotkit
@microsoft/agents-hosting f=microsoft-agents
@microsoft/teams-ai f=teams-ai
@voltagent/core f=voltagent
@inngest/agent-kit f=agent-kit
@strands-agents/sdk f=strands-agents a=aws-bedrock
beeai-framework f=beeai
@instructor-ai/instructor f=instructor
@browserbasehq/stagehand f=stagehand
@modelcontextprotocol/sdk f=mcp
@modelcontextprotocol/server f=mcp
@modelcontextprotocol/client f=mcp
@modelcontextprotocol/ext-apps f=mcp
fastmcp f=mcp,fastmcp
mcp-framework f=mcp
xmcp f=mcp
tmcp f=mcp
@rekog/mcp-nest f=mcp
@genkit-ai/mcp f=genkit,mcp
mcp-handler f=mcp
@vercel/mcp-adapter f=mcp
@a2a-js/sdk f=a2a
@livekit/agents f=livekit-agents
@assistant-ui/react f=assistant-ui
@pinecone-database/pinecone v=pinecone
@qdrant/js-client-rest v=qdrant
@qdrant/qdrant-js v=qdrant
chromadb v=chroma
weaviate-client v=weaviate
weaviate-ts-client v=weaviate
@zilliz/milvus2-sdk-node v=milvus
@lancedb/lancedb v=lancedb
vectordb v=lancedb
pgvector v=pgvector
faiss-node v=faiss
hnswlib-node v=hnswlib
hnswlib-wasm v=hnswlib
usearch v=usearch
@upstash/vector v=upstash-vector
@datastax/astra-db-ts v=astra-db
@turbopuffer/turbopuffer v=turbopuffer
sqlite-vec v=sqlite-vec
mem0ai f=mem0
@getzep/zep-cloud f=zep
@composio/core f=composio
@e2b/code-interpreter
@arizeai/openinference-instrumentation-openai
@helicone/helpers
promptfoo f=promptfoo
tiktoken
js-tiktoken
gpt-tokenizer
openai-api p=openai
openai-edge p=openai
chatgpt p=openai
@openai/realtime-api-beta p=openai
ollama-ai-provider-v2 f=vercel-ai-sdk a=ollama
@elevenlabs/client p=elevenlabs
@elevenlabs/react p=elevenlabs
mcp-use f=mcp
@genkit-ai/core f=genkit
@genkit-ai/flow f=genkit
genkitx-openai f=genkit a=openai
@google-ai/generativelanguage p=google
@google/gemini-cli-core p=google
@google-cloud/dialogflow p=google-cloud-ai
dialogflow p=google-cloud-ai
@google-cloud/discoveryengine p=google-vertex-ai
firebase/ai p=google
@firebase/ai p=google
firebase/vertexai p=google-vertex-ai
@firebase/vertexai p=google-vertex-ai
@mem0/vercel-ai-provider f=mem0,vercel-ai-sdk
@getzep/zep-js f=zep
composio-core f=composio
bee-agent-framework f=beeai
@livekit/agents-plugin-openai f=livekit-agents a=openai
@livekit/agents-plugin-deepgram f=livekit-agents a=deepgram
@livekit/agents-plugin-elevenlabs f=livekit-agents a=elevenlabs
@livekit/agents-plugin-cartesia f=livekit-agents a=cartesia
hume p=hume
@humeai/voice-react p=hume
@cartesia/cartesia-js p=cartesia
lumaai p=luma
@github/copilot-sdk p=github-copilot
@tanstack/ai f=tanstack-ai
@tanstack/ai-openai f=tanstack-ai a=openai
@tanstack/ai-anthropic f=tanstack-ai a=anthropic
@tanstack/ai-gemini f=tanstack-ai a=google
@tanstack/ai-ollama f=tanstack-ai a=ollama
`
