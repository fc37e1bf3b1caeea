// Packages of the other ecosystems. m = how the code names it: import path, namespace, crate or constant.
export const GO = `
github.com/openai/openai-go p=openai
github.com/sashabaranov/go-openai p=openai
github.com/anthropics/anthropic-sdk-go p=anthropic
github.com/liushuangls/go-anthropic p=anthropic
github.com/google/generative-ai-go p=google
google.golang.org/genai p=google
cloud.google.com/go/vertexai p=google-vertex-ai
cloud.google.com/go/aiplatform p=google-vertex-ai
github.com/aws/aws-sdk-go-v2/service/bedrock p=aws-bedrock
github.com/aws/aws-sdk-go-v2/service/bedrockruntime p=aws-bedrock
github.com/aws/aws-sdk-go-v2/service/bedrockagent p=aws-bedrock
github.com/aws/aws-sdk-go-v2/service/bedrockagentruntime p=aws-bedrock
github.com/aws/aws-sdk-go-v2/service/kendra v=amazon-kendra
github.com/aws/aws-sdk-go-v2/service/s3vectors v=s3-vectors
github.com/aws/aws-sdk-go/service/kendra v=amazon-kendra
github.com/aws/aws-sdk-go-v2/service/sagemakerruntime p=aws-sagemaker
github.com/aws/aws-sdk-go/service/bedrockruntime p=aws-bedrock
github.com/aws/aws-sdk-go/service/sagemakerruntime p=aws-sagemaker
github.com/oracle/oci-go-sdk/v65/generativeai p=oci-generative-ai
github.com/oracle/oci-go-sdk/v65/generativeaiinference p=oci-generative-ai
github.com/IBM/watsonx-go p=ibm-watsonx
github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai p=azure-openai
github.com/cohere-ai/cohere-go p=cohere
github.com/gage-technologies/mistral-go p=mistral
github.com/ollama/ollama p=ollama
github.com/jmorganca/ollama p=ollama
github.com/replicate/replicate-go p=replicate
github.com/hupe1980/go-huggingface p=huggingface
github.com/deepgram/deepgram-go-sdk p=deepgram
github.com/haguro/elevenlabs-go p=elevenlabs
github.com/parakeet-nest/parakeet f=parakeet a=ollama
github.com/AssemblyAI/assemblyai-go-sdk p=assemblyai
github.com/tmc/langchaingo f=langchaingo
charm.land/fantasy f=fantasy
github.com/charmbracelet/fantasy f=fantasy
github.com/cloudwego/eino f=eino
github.com/firebase/genkit/go f=genkit
google.golang.org/adk f=google-adk u=google
github.com/mark3labs/mcp-go f=mcp
github.com/modelcontextprotocol/go-sdk f=mcp
github.com/metoro-io/mcp-golang f=mcp
github.com/qdrant/go-client v=qdrant
github.com/pinecone-io/go-pinecone v=pinecone
github.com/weaviate/weaviate-go-client v=weaviate
github.com/milvus-io/milvus-sdk-go v=milvus
github.com/milvus-io/milvus/client v=milvus
github.com/pgvector/pgvector-go v=pgvector
github.com/amikos-tech/chroma-go v=chroma
github.com/philippgille/chromem-go v=chromem
github.com/tmc/langchaingo/vectorstores/pgvector f=langchaingo v=pgvector
github.com/tmc/langchaingo/vectorstores/qdrant f=langchaingo v=qdrant
github.com/tmc/langchaingo/vectorstores/pinecone f=langchaingo v=pinecone
github.com/tmc/langchaingo/vectorstores/weaviate f=langchaingo v=weaviate
github.com/tmc/langchaingo/vectorstores/chroma f=langchaingo v=chroma
github.com/tmc/langchaingo/vectorstores/milvus f=langchaingo v=milvus
github.com/tmc/langchaingo/vectorstores/redisvector f=langchaingo v=redis
github.com/tmc/langchaingo/vectorstores/opensearch f=langchaingo v=opensearch
github.com/tmc/langchaingo/vectorstores/mongovector f=langchaingo v=mongodb-atlas
github.com/tmc/langchaingo/vectorstores/azureaisearch f=langchaingo v=azure-ai-search
github.com/cloudwego/eino-ext/components/retriever/redis f=eino v=redis
github.com/cloudwego/eino-ext/components/retriever/milvus f=eino v=milvus
github.com/cloudwego/eino-ext/components/retriever/es8 f=eino v=elasticsearch
github.com/cloudwego/eino-ext/components/retriever/qdrant f=eino v=qdrant
github.com/milvus-io/milvus-sdk-go/v2/client v=milvus
github.com/teilomillet/gollm f=gollm
github.com/henomis/lingoose f=lingoose
github.com/sgaunet/perplexity-go p=perplexity
github.com/xyproto/ollamaclient p=ollama
github.com/PullRequestInc/go-gpt3 p=openai
github.com/cohesion-org/deepseek-go p=deepseek
github.com/go-deepseek/deepseek p=deepseek
github.com/conneroisu/groq-go p=groq
github.com/nlpodyssey/openai-agents-go f=openai-agents a=openai
github.com/Ingenimax/agent-sdk-go f=agent-sdk-go
trpc.group/trpc-go/trpc-agent-go f=trpc-agent-go
github.com/Azure/azure-sdk-for-go/sdk/cognitiveservices/azopenai p=azure-openai
github.com/volcengine/volcengine-go-sdk/service/arkruntime p=volcengine
github.com/baidubce/bce-qianfan-sdk/go/qianfan p=baidu
github.com/yankeguo/zhipu p=zhipu
github.com/a2aproject/a2a-go f=a2a
github.com/unfunco/anthropic-sdk-go p=anthropic
github.com/asg017/sqlite-vec-go-bindings v=sqlite-vec
github.com/unum-cloud/usearch/golang v=usearch
github.com/blevesearch/go-faiss v=faiss
github.com/DataIntelligenceCrew/go-faiss v=faiss
github.com/lancedb/lancedb-go v=lancedb
github.com/upstash/vector-go v=upstash-vector
github.com/turbopuffer/turbopuffer-go v=turbopuffer
github.com/ThinkInAIXYZ/go-mcp f=mcp
github.com/go-skynet/go-llama.cpp f=llama-cpp
github.com/ggerganov/whisper.cpp/bindings/go f=whisper
github.com/yalue/onnxruntime_go f=onnxruntime
`

export const NUGET = `
OpenAI m=OpenAI p=openai
Betalgo.OpenAI m=Betalgo.OpenAI p=openai
Azure.AI.OpenAI m=Azure.AI.OpenAI p=azure-openai
Azure.AI.Inference m=Azure.AI.Inference p=azure-ai
Azure.AI.Projects m=Azure.AI.Projects p=azure-ai
Azure.AI.Agents.Persistent m=Azure.AI.Agents p=azure-ai
Azure.Search.Documents m=Azure.Search.Documents v=azure-ai-search
Anthropic m=Anthropic p=anthropic
Anthropic.SDK m=Anthropic.SDK p=anthropic
Mscc.GenerativeAI m=Mscc.GenerativeAI p=google
Google.Cloud.AIPlatform.V1 m=Google.Cloud.AIPlatform p=google-vertex-ai
AWSSDK.BedrockRuntime m=Amazon.BedrockRuntime p=aws-bedrock
AWSSDK.Bedrock m=Amazon.Bedrock p=aws-bedrock
AWSSDK.BedrockAgent m=Amazon.BedrockAgent p=aws-bedrock
AWSSDK.BedrockAgentRuntime m=Amazon.BedrockAgentRuntime p=aws-bedrock
AWSSDK.Kendra m=Amazon.Kendra v=amazon-kendra
AWSSDK.S3Vectors m=Amazon.S3Vectors v=s3-vectors
OllamaSharp m=OllamaSharp p=ollama
Microsoft.SemanticKernel m=Microsoft.SemanticKernel f=semantic-kernel
Microsoft.SemanticKernel.Agents.Core m=Microsoft.SemanticKernel.Agents f=semantic-kernel
Microsoft.SemanticKernel.Connectors.OpenAI m=Microsoft.SemanticKernel.Connectors.OpenAI f=semantic-kernel
Microsoft.SemanticKernel.Connectors.AzureOpenAI f=semantic-kernel
Microsoft.SemanticKernel.Connectors.Ollama m=Microsoft.SemanticKernel.Connectors.Ollama f=semantic-kernel a=ollama
Microsoft.SemanticKernel.Connectors.Google m=Microsoft.SemanticKernel.Connectors.Google f=semantic-kernel a=google
Microsoft.SemanticKernel.Connectors.MistralAI m=Microsoft.SemanticKernel.Connectors.MistralAI f=semantic-kernel a=mistral
Microsoft.SemanticKernel.Connectors.HuggingFace m=Microsoft.SemanticKernel.Connectors.HuggingFace f=semantic-kernel a=huggingface
Microsoft.SemanticKernel.Connectors.Amazon m=Microsoft.SemanticKernel.Connectors.Amazon f=semantic-kernel a=aws-bedrock
Microsoft.SemanticKernel.Connectors.AzureAIInference m=Microsoft.SemanticKernel.Connectors.AzureAIInference f=semantic-kernel a=azure-ai
Microsoft.SemanticKernel.Connectors.AzureAISearch m=Microsoft.SemanticKernel.Connectors.AzureAISearch f=semantic-kernel v=azure-ai-search
Microsoft.SemanticKernel.Connectors.Weaviate m=Microsoft.SemanticKernel.Connectors.Weaviate f=semantic-kernel v=weaviate
Microsoft.SemanticKernel.Connectors.Pinecone m=Microsoft.SemanticKernel.Connectors.Pinecone f=semantic-kernel v=pinecone
Microsoft.SemanticKernel.Connectors.Chroma m=Microsoft.SemanticKernel.Connectors.Chroma f=semantic-kernel v=chroma
Microsoft.SemanticKernel.Connectors.Milvus m=Microsoft.SemanticKernel.Connectors.Milvus f=semantic-kernel v=milvus
Microsoft.SemanticKernel.Connectors.Redis m=Microsoft.SemanticKernel.Connectors.Redis f=semantic-kernel v=redis
Microsoft.SemanticKernel.Connectors.PgVector m=Microsoft.SemanticKernel.Connectors.PgVector f=semantic-kernel v=pgvector
Microsoft.SemanticKernel.Connectors.Postgres m=Microsoft.SemanticKernel.Connectors.Postgres f=semantic-kernel v=pgvector
Microsoft.SemanticKernel.Connectors.MongoDB m=Microsoft.SemanticKernel.Connectors.MongoDB f=semantic-kernel v=mongodb-atlas
Microsoft.SemanticKernel.Connectors.SqliteVec m=Microsoft.SemanticKernel.Connectors.SqliteVec f=semantic-kernel v=sqlite-vec
Microsoft.SemanticKernel.Connectors.Sqlite m=Microsoft.SemanticKernel.Connectors.Sqlite f=semantic-kernel v=sqlite-vec
Microsoft.SemanticKernel.Connectors.AzureCosmosDBNoSQL m=Microsoft.SemanticKernel.Connectors.AzureCosmosDBNoSQL f=semantic-kernel v=azure-cosmos-db
Microsoft.SemanticKernel.Connectors.AzureCosmosDBMongoDB m=Microsoft.SemanticKernel.Connectors.AzureCosmosDBMongoDB f=semantic-kernel v=azure-cosmos-db
Microsoft.SemanticKernel.Connectors.CosmosNoSql m=Microsoft.SemanticKernel.Connectors.CosmosNoSql f=semantic-kernel v=azure-cosmos-db
Microsoft.SemanticKernel.Connectors.CosmosMongoDB m=Microsoft.SemanticKernel.Connectors.CosmosMongoDB f=semantic-kernel v=azure-cosmos-db
Microsoft.SemanticKernel.Connectors.SqlServer m=Microsoft.SemanticKernel.Connectors.SqlServer f=semantic-kernel v=sql-server
Microsoft.SemanticKernel.Connectors.Memory.Qdrant m=Microsoft.SemanticKernel.Connectors.Memory.Qdrant f=semantic-kernel v=qdrant
Microsoft.SemanticKernel.Connectors.Memory.AzureCognitiveSearch m=Microsoft.SemanticKernel.Connectors.Memory.AzureCognitiveSearch f=semantic-kernel v=azure-ai-search
Microsoft.SemanticKernel.Connectors.Memory.Chroma m=Microsoft.SemanticKernel.Connectors.Memory.Chroma f=semantic-kernel v=chroma
Microsoft.SemanticKernel.Connectors.Memory.Pinecone m=Microsoft.SemanticKernel.Connectors.Memory.Pinecone f=semantic-kernel v=pinecone
Microsoft.SemanticKernel.Connectors.Memory.Weaviate m=Microsoft.SemanticKernel.Connectors.Memory.Weaviate f=semantic-kernel v=weaviate
Microsoft.SemanticKernel.Connectors.Memory.Milvus m=Microsoft.SemanticKernel.Connectors.Memory.Milvus f=semantic-kernel v=milvus
Microsoft.SemanticKernel.Connectors.Memory.Redis m=Microsoft.SemanticKernel.Connectors.Memory.Redis f=semantic-kernel v=redis
Microsoft.SemanticKernel.Connectors.Memory.Postgres m=Microsoft.SemanticKernel.Connectors.Memory.Postgres f=semantic-kernel v=pgvector
Microsoft.SemanticKernel.Connectors.Memory.DuckDB m=Microsoft.SemanticKernel.Connectors.Memory.DuckDB f=semantic-kernel v=duckdb
Microsoft.SemanticKernel.Connectors.Qdrant m=Microsoft.SemanticKernel.Connectors.Qdrant f=semantic-kernel v=qdrant
Microsoft.KernelMemory.Core m=Microsoft.KernelMemory f=kernel-memory
Microsoft.Extensions.AI m=Microsoft.Extensions.AI f=microsoft-extensions-ai
Microsoft.Extensions.AI.Abstractions f=microsoft-extensions-ai
Microsoft.Extensions.AI.OpenAI f=microsoft-extensions-ai
Microsoft.Extensions.AI.Ollama f=microsoft-extensions-ai a=ollama
Microsoft.Extensions.AI.AzureAIInference f=microsoft-extensions-ai a=azure-ai
Microsoft.Agents.AI m=Microsoft.Agents.AI f=agent-framework
Microsoft.Agents.Builder f=microsoft-agents
AutoGen m=AutoGen f=autogen
AutoGen.Core f=autogen
LLamaSharp m=LLama f=llama-cpp
LangChain m=LangChain f=langchain
Microsoft.ML m=Microsoft.ML f=ml.net
Microsoft.ML.Tokenizers m=Microsoft.ML.Tokenizers
Microsoft.ML.OnnxRuntime m=Microsoft.ML.OnnxRuntime f=onnxruntime
TorchSharp m=TorchSharp f=pytorch
ModelContextProtocol m=ModelContextProtocol f=mcp
ModelContextProtocol.AspNetCore m=ModelContextProtocol.AspNetCore f=mcp
ModelContextProtocol.Core f=mcp
Microsoft.Azure.Functions.Worker.Extensions.Mcp m=Microsoft.Azure.Functions.Worker.Extensions.Mcp f=mcp
Qdrant.Client m=Qdrant.Client v=qdrant
Cloud.Unum.USearch m=Cloud.Unum.USearch v=usearch
Turbopuffer m=Turbopuffer v=turbopuffer
Pinecone.Client m=Pinecone v=pinecone
Pgvector m=Pgvector v=pgvector
Milvus.Client m=Milvus.Client v=milvus
Whisper.net m=Whisper.net f=whisper
Betalgo.Ranul.OpenAI m=Betalgo.Ranul.OpenAI p=openai
OpenAI-DotNet m=OpenAI p=openai
OpenAI_API m=OpenAI_API p=openai
Forge.OpenAI m=Forge.OpenAI p=openai
Standard.AI.OpenAI m=Standard.AI.OpenAI p=openai
Microsoft.Agents.AI.OpenAI m=Microsoft.Agents.AI.OpenAI f=agent-framework
Microsoft.Agents.AI.AzureAI m=Microsoft.Agents.AI.AzureAI f=agent-framework
Microsoft.Agents.AI.Workflows m=Microsoft.Agents.AI.Workflows f=agent-framework
Microsoft.AutoGen.Core m=Microsoft.AutoGen f=autogen
Google.GenAI m=Google.GenAI p=google
Google_GenerativeAI m=GenerativeAI p=google
Pinecone.NET m=Pinecone v=pinecone
Pgvector.EntityFrameworkCore m=Pgvector.EntityFrameworkCore v=pgvector
ChromaDB.Client m=ChromaDB.Client v=chroma
Microsoft.ML.OnnxRuntimeGenAI m=Microsoft.ML.OnnxRuntimeGenAI f=onnxruntime
BotSharp.Core m=BotSharp f=botsharp
CommunityToolkit.Aspire.OllamaSharp a=ollama
Aspire.Azure.AI.OpenAI a=azure-openai
Cnblogs.DashScope.Sdk m=Cnblogs.DashScope p=alibaba
Mistral.SDK m=Mistral.SDK p=mistral
GroqSharp m=GroqSharp p=groq
ElevenLabs-DotNet m=ElevenLabs p=elevenlabs
AssemblyAI m=AssemblyAI p=assemblyai
Deepgram m=Deepgram p=deepgram
HuggingFace m=HuggingFace p=huggingface
`

export const CRATES = `
async-openai p=openai
openai-api-rs p=openai
anthropic-sdk p=anthropic
misanthropic p=anthropic
ollama-rs p=ollama
aws-sdk-bedrockruntime p=aws-bedrock
aws-sdk-kendra v=amazon-kendra
aws-sdk-s3vectors v=s3-vectors
aws-sdk-bedrock p=aws-bedrock
mistralai-client p=mistral
groq-api-rust p=groq
hf-hub p=huggingface
rig-core m=rig f=rig
rig m=rig f=rig
rig-qdrant f=rig v=qdrant
rig-lancedb f=rig v=lancedb
rig-mongodb f=rig v=mongodb-atlas
genai f=genai-rust
llm f=llm-rust
langchain-rust f=langchain
swiftide f=swiftide
tavily p=tavily
llm-chain f=llm-chain
candle-core f=candle
candle-transformers f=candle
burn f=burn
tch f=pytorch
ort f=onnxruntime
mistralrs f=mistral.rs
llama-cpp-2 f=llama-cpp
rust-bert f=rust-bert
fastembed f=fastembed
rmcp f=mcp
rust-mcp-sdk f=mcp
mcp-core f=mcp
qdrant-client v=qdrant
deepgram p=deepgram
openai-api-rust m=openai_api_rust p=openai
aws-sdk-bedrockagentruntime p=aws-bedrock
pinecone-sdk v=pinecone
lancedb v=lancedb
vectordb v=lancedb
faiss v=faiss
milvus-sdk-rust v=milvus
pgvector v=pgvector
chromadb v=chroma
openai_dive p=openai
chatgpt_rs m=chatgpt p=openai
anthropic p=anthropic
clust p=anthropic
weaviate-community v=weaviate
google-generative-ai-rs p=google
gemini-rs p=google
gemini-rust p=google
kalosm f=kalosm
whisper-rs f=whisper
llama_cpp f=llama-cpp
elevenlabs_rs p=elevenlabs
cohere-rust p=cohere
sqlite-vec v=sqlite-vec
usearch v=usearch
autoagents f=autoagents
siumai f=siumai
allms f=allms
`

export const GEMS = `
ruby-openai m=openai,OpenAI p=openai
openai m=openai,OpenAI p=openai
anthropic m=anthropic,Anthropic p=anthropic
ruby_llm m=ruby_llm,RubyLLM f=ruby-llm
langchainrb m=langchain,Langchain f=langchainrb
langchainrb_rails f=langchainrb
raix f=raix
active_agent m=active_agent,ActiveAgent f=active-agent
activeagent m=active_agent,ActiveAgent f=active-agent
gemini-ai m=gemini-ai p=google
cohere-ruby m=cohere p=cohere
mistral-ai m=mistral-ai p=mistral
ollama-ai m=ollama-ai p=ollama
ollama-ruby m=ollama,Ollama p=ollama
aws-sdk-bedrockagentruntime p=aws-bedrock
aws-sdk-bedrockruntime p=aws-bedrock
replicate-ruby p=replicate
mcp m=mcp,MCP f=mcp
fast-mcp m=fast_mcp,FastMcp,ActionTool f=mcp
mcp-rb f=mcp
hnswlib m=Hnswlib v=hnswlib
annoy-rb m=annoy,Annoy v=annoy
faiss m=faiss,Faiss v=faiss
turbopuffer m=turbopuffer,Turbopuffer v=turbopuffer
neighbor v=pgvector
pgvector v=pgvector
pinecone m=pinecone,Pinecone v=pinecone
qdrant-ruby m=qdrant,Qdrant v=qdrant
weaviate-ruby m=weaviate,Weaviate v=weaviate
chroma-db m=chroma-db,Chroma v=chroma
milvus m=milvus,Milvus v=milvus
torch-rb m=torch f=pytorch
informers m=informers f=informers
omniai m=omniai,OmniAI f=omniai
omniai-openai m=omniai/openai f=omniai a=openai
omniai-anthropic m=omniai/anthropic f=omniai a=anthropic
omniai-google m=omniai/google f=omniai a=google
groq m=groq,Groq p=groq
sqlite-vec m=sqlite_vec,SqliteVec v=sqlite-vec
model-context-protocol-rb m=model_context_protocol,ModelContextProtocol f=mcp
google-cloud-ai_platform m=google/cloud/ai_platform p=google-vertex-ai
boxcars m=boxcars,Boxcars f=boxcars
sublayer m=sublayer,Sublayer f=sublayer
hugging-face m=hugging_face,HuggingFace p=huggingface
dspy m=dspy,DSPy f=dspy
ruby_llm-mcp m=ruby_llm/mcp f=ruby-llm,mcp
`

export const COMPOSER = `
openai-php/client m=OpenAI p=openai
openai-php/laravel m=OpenAI p=openai
orhanerday/open-ai m=Orhanerday.OpenAi p=openai
anthropic-ai/sdk m=Anthropic p=anthropic
mozex/anthropic-php m=Anthropic p=anthropic
mozex/anthropic-laravel m=Anthropic p=anthropic
google-gemini-php/client m=Gemini p=google
google-gemini-php/laravel m=Gemini p=google
ardagnsrn/ollama-php p=ollama
cloudstudio/ollama-laravel m=Cloudstudio.Ollama p=ollama
prism-php/prism m=Prism.Prism,EchoLabs.Prism f=prism
echolabsdev/prism m=EchoLabs.Prism f=prism
laravel/ai m=Laravel.Ai f=laravel-ai
laravel/mcp m=Laravel.Mcp f=mcp
php-mcp/server m=PhpMcp f=mcp
mcp/sdk m=Mcp f=mcp
neuron-core/neuron-ai m=NeuronAI f=neuron-ai
inspector-apm/neuron-ai m=NeuronAI f=neuron-ai
symfony/ai-agent m=Symfony.AI f=symfony-ai
symfony/ai-open-ai-platform m=Symfony.AI.Platform.Bridge.OpenAi f=symfony-ai a=openai
symfony/ai-anthropic-platform m=Symfony.AI.Platform.Bridge.Anthropic f=symfony-ai a=anthropic
symfony/ai-gemini-platform m=Symfony.AI.Platform.Bridge.Gemini f=symfony-ai a=google
symfony/ai-vertex-ai-platform m=Symfony.AI.Platform.Bridge.VertexAi f=symfony-ai a=google-vertex-ai
symfony/ai-mistral-platform m=Symfony.AI.Platform.Bridge.Mistral f=symfony-ai a=mistral
symfony/ai-hugging-face-platform m=Symfony.AI.Platform.Bridge.HuggingFace f=symfony-ai a=huggingface
symfony/ai-azure-platform m=Symfony.AI.Platform.Bridge.Azure f=symfony-ai a=azure-openai
symfony/ai-bedrock-platform m=Symfony.AI.Platform.Bridge.Bedrock f=symfony-ai a=aws-bedrock
symfony/ai-ollama-platform m=Symfony.AI.Platform.Bridge.Ollama f=symfony-ai a=ollama
symfony/ai-open-router-platform m=Symfony.AI.Platform.Bridge.OpenRouter f=symfony-ai a=openrouter
symfony/ai-postgres-store m=Symfony.AI.Store.Bridge.Postgres f=symfony-ai v=pgvector
symfony/ai-chroma-db-store m=Symfony.AI.Store.Bridge.ChromaDb f=symfony-ai v=chroma
symfony/ai-pinecone-store m=Symfony.AI.Store.Bridge.Pinecone f=symfony-ai v=pinecone
symfony/ai-qdrant-store m=Symfony.AI.Store.Bridge.Qdrant f=symfony-ai v=qdrant
symfony/ai-weaviate-store m=Symfony.AI.Store.Bridge.Weaviate f=symfony-ai v=weaviate
symfony/ai-milvus-store m=Symfony.AI.Store.Bridge.Milvus f=symfony-ai v=milvus
symfony/ai-store m=Symfony.AI.Store f=symfony-ai
symfony/mcp-bundle m=Symfony.AI.McpBundle f=mcp
symfony/ai-bundle m=Symfony.AI f=symfony-ai
symfony/ai-platform m=Symfony.AI.Platform f=symfony-ai
llphant/llphant m=LLPhant f=llphant
theodo-group/llphant m=LLPhant f=llphant
probots-io/pinecone-php m=Probots.Pinecone v=pinecone
pgvector/pgvector m=Pgvector v=pgvector
codewithkyrian/transformers m=Codewithkyrian.Transformers f=transformers.php
gemini-api-php/client m=GeminiAPI p=google
prism-php/relay m=Prism.Relay f=prism,mcp
php-mcp/laravel m=PhpMcp.Laravel f=mcp
opgginc/laravel-mcp-server m=OPGG.LaravelMcpServer f=mcp
deepseek-php/deepseek-php-client m=DeepSeek p=deepseek
deepseek-php/deepseek-laravel m=DeepSeek.Laravel p=deepseek
hosseinhezami/laravel-gemini m=HosseinHezami.LaravelGemini p=google
codewithkyrian/chromadb-php m=Codewithkyrian.ChromaDB v=chroma
upstash/vector m=Upstash.Vector v=upstash-vector
upstash/vector-laravel m=Upstash.Vector.Laravel v=upstash-vector
hkulekci/qdrant m=Qdrant v=qdrant
helgesverre/mistral m=HelgeSverre.Mistral p=mistral
helgesverre/milvus m=HelgeSverre.Milvus v=milvus
helgesverre/chromadb m=HelgeSverre.Chromadb v=chroma
tectalic/openai m=Tectalic.OpenAi p=openai
php-llm/llm-chain m=PhpLlm.LlmChain f=llm-chain
maestroerror/laragent m=LarAgent f=laragent
vizra/vizra-adk m=Vizra.VizraADK f=vizra-adk
wordpress/php-ai-client m=WordPress.AiClient f=wordpress-ai
wordpress/mcp-adapter m=WP.MCP f=mcp
rubix/ml m=Rubix.ML f=rubix-ml
php-ai/php-ml m=Phpml f=php-ml
partitech/php-mistral m=Partitech.PhpMistral p=mistral
`
