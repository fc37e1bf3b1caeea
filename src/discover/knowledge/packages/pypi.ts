// Python packages. m = modules where they are not the name, p = the provider whose own client it is, a = the provider
// that an adapter reaches when it is used, u = whose models it asks where none is named, f = framework, t = modules of it that hold no
// model, v = vector store.
export const PYPI = `
openai p=openai
openai-swarm m=swarm f=openai-swarm a=openai
openai-agents m=agents f=openai-agents a=openai
anthropic p=anthropic
claude-agent-sdk f=claude-agent-sdk p=anthropic
claude-code-sdk f=claude-agent-sdk p=anthropic
langroid f=langroid
dapr-agents m=dapr_agents f=dapr-agents
pinecone-text m=pinecone_text
promptflow f=promptflow
magentic f=magentic
llmware f=llmware
adalflow f=adalflow
vanna f=vanna
cognee f=cognee
lmql f=lmql
semantic-router m=semantic_router f=semantic-router
langflow f=langflow
quivr-core m=quivr_core f=quivr
open-interpreter m=interpreter f=open-interpreter
google-generativeai m=google.generativeai p=google
google-genai m=google.genai p=google
google-adk m=google.adk f=google-adk u=google
google-cloud-aiplatform m=google.cloud.aiplatform,vertexai p=google-vertex-ai
google-cloud-discoveryengine m=google.cloud.discoveryengine p=google-vertex-ai
google-cloud-speech m=google.cloud.speech p=google-cloud-ai
google-cloud-texttospeech m=google.cloud.texttospeech p=google-cloud-ai
google-cloud-vision m=google.cloud.vision p=google-cloud-ai
google-cloud-documentai m=google.cloud.documentai p=google-cloud-ai
cohere p=cohere
mistralai p=mistral
groq p=groq
together p=together
fireworks-ai m=fireworks p=fireworks
replicate p=replicate
ollama p=ollama
cerebras-cloud-sdk m=cerebras p=cerebras
sambanova p=sambanova
ai21 p=ai21
aleph-alpha-client p=aleph-alpha
voyageai p=voyage
xai-sdk p=xai
zhipuai p=zhipu
zai-sdk m=zai p=zhipu
dashscope p=alibaba
qianfan p=baidu
volcengine-python-sdk m=volcenginesdkarkruntime p=volcengine
minimax p=minimax
writer-sdk m=writerai p=writer
reka-api m=reka p=reka
huggingface-hub m=huggingface_hub p=huggingface
elevenlabs p=elevenlabs
deepgram-sdk m=deepgram p=deepgram
assemblyai p=assemblyai
cartesia p=cartesia
stability-sdk m=stability_sdk p=stability
runwayml p=runway
lumaai p=luma
fal-client m=fal_client p=fal
tavily-python m=tavily p=tavily
exa-py m=exa_py p=exa
firecrawl-py m=firecrawl p=firecrawl
perplexityai m=perplexity p=perplexity
azure-ai-inference m=azure.ai.inference p=azure-ai
azure-ai-projects m=azure.ai.projects p=azure-ai
azure-ai-agents m=azure.ai.agents p=azure-ai
azure-ai-ml m=azure.ai.ml p=azure-ml
azure-cognitiveservices-speech m=azure.cognitiveservices.speech p=azure-ai
azure-ai-textanalytics m=azure.ai.textanalytics p=azure-ai
azure-ai-documentintelligence m=azure.ai.documentintelligence p=azure-ai
azure-search-documents m=azure.search.documents v=azure-ai-search
sagemaker p=aws-sagemaker
bedrock-agentcore m=bedrock_agentcore p=aws-bedrock
ibm-watsonx-ai m=ibm_watsonx_ai p=ibm-watsonx
databricks-sdk m=databricks.sdk
snowflake-ml-python m=snowflake.cortex p=snowflake-cortex
modal
runpod p=runpod
litellm f=litellm
aisuite f=aisuite
portkey-ai m=portkey_ai p=portkey
openrouter p=openrouter
langchain f=langchain
langchain-core f=langchain
langchain-community f=langchain
langchain-text-splitters f=langchain
langchain-experimental f=langchain
langchain-classic f=langchain
langchain-openai f=langchain a=openai
langchain-anthropic f=langchain a=anthropic
langchain-google-genai f=langchain a=google
langchain-google-vertexai f=langchain a=google-vertex-ai
langchain-google-community f=langchain
langchain-aws f=langchain a=aws-bedrock
langchain-azure-ai f=langchain a=azure-ai
langchain-cohere f=langchain a=cohere
langchain-mistralai f=langchain a=mistral
langchain-groq f=langchain a=groq
langchain-ollama f=langchain a=ollama
langchain-fireworks f=langchain a=fireworks
langchain-together f=langchain a=together
langchain-huggingface f=langchain a=huggingface
langchain-deepseek f=langchain a=deepseek
langchain-xai f=langchain a=xai
langchain-perplexity f=langchain a=perplexity
langchain-nvidia-ai-endpoints f=langchain a=nvidia
langchain-ibm f=langchain a=ibm-watsonx
langchain-voyageai f=langchain a=voyage
langchain-cerebras f=langchain a=cerebras
langchain-tavily f=langchain a=tavily
langchain-exa f=langchain a=exa
langchain-openrouter f=langchain a=openrouter
langchain-litellm f=langchain
langchain-databricks f=langchain a=databricks
databricks-langchain f=langchain a=databricks
langchain-chroma f=langchain v=chroma
langchain-pinecone f=langchain v=pinecone
langchain-qdrant f=langchain v=qdrant
langchain-weaviate f=langchain v=weaviate
langchain-milvus f=langchain v=milvus
langchain-postgres f=langchain v=pgvector
langchain-mongodb f=langchain v=mongodb-atlas
langchain-redis f=langchain v=redis
langchain-elasticsearch f=langchain v=elasticsearch
langchain-astradb f=langchain v=astra-db
langchain-neo4j f=langchain v=neo4j
langchain-mcp-adapters f=langchain,mcp
langgraph f=langgraph
langgraph-cli f=langgraph
langgraph-sdk f=langgraph
langgraph-prebuilt f=langgraph
langgraph-supervisor f=langgraph
langgraph-swarm f=langgraph
langgraph-checkpoint f=langgraph
langgraph-checkpoint-postgres f=langgraph
langgraph-checkpoint-sqlite f=langgraph
langsmith
langfuse
langserve f=langchain
managed-deepagents m=managed_deepagents f=deepagents
deepagents f=deepagents
llama-index f=llama-index
llama-index-core f=llama-index
llama-index-cli f=llama-index
llama-index-llms-openai m=llama_index.llms.openai f=llama-index a=openai
llama-index-llms-openai-like m=llama_index.llms.openai_like f=llama-index
llama-index-llms-azure-openai m=llama_index.llms.azure_openai f=llama-index a=azure-openai
llama-index-llms-anthropic m=llama_index.llms.anthropic f=llama-index a=anthropic
llama-index-llms-ollama m=llama_index.llms.ollama f=llama-index a=ollama
llama-index-llms-gemini m=llama_index.llms.gemini f=llama-index a=google
llama-index-llms-google-genai m=llama_index.llms.google_genai f=llama-index a=google
llama-index-llms-vertex m=llama_index.llms.vertex f=llama-index a=google-vertex-ai
llama-index-llms-bedrock m=llama_index.llms.bedrock f=llama-index a=aws-bedrock
llama-index-llms-bedrock-converse m=llama_index.llms.bedrock_converse f=llama-index a=aws-bedrock
llama-index-llms-sagemaker-endpoint m=llama_index.llms.sagemaker_endpoint f=llama-index a=aws-sagemaker
llama-index-llms-groq m=llama_index.llms.groq f=llama-index a=groq
llama-index-llms-mistralai m=llama_index.llms.mistralai f=llama-index a=mistral
llama-index-llms-cohere m=llama_index.llms.cohere f=llama-index a=cohere
llama-index-llms-huggingface m=llama_index.llms.huggingface f=llama-index
llama-index-llms-llama-cpp m=llama_index.llms.llama_cpp f=llama-index,llama-cpp
llama-index-llms-replicate m=llama_index.llms.replicate f=llama-index a=replicate
llama-index-llms-together m=llama_index.llms.together f=llama-index a=together
llama-index-llms-deepseek m=llama_index.llms.deepseek f=llama-index a=deepseek
llama-index-embeddings-openai m=llama_index.embeddings.openai f=llama-index a=openai
llama-index-embeddings-azure-openai m=llama_index.embeddings.azure_openai f=llama-index a=azure-openai
llama-index-embeddings-huggingface m=llama_index.embeddings.huggingface f=llama-index
llama-index-embeddings-ollama m=llama_index.embeddings.ollama f=llama-index a=ollama
llama-index-embeddings-cohere m=llama_index.embeddings.cohere f=llama-index a=cohere
llama-index-embeddings-gemini m=llama_index.embeddings.gemini f=llama-index a=google
llama-index-embeddings-google-genai m=llama_index.embeddings.google_genai f=llama-index a=google
llama-index-embeddings-mistralai m=llama_index.embeddings.mistralai f=llama-index a=mistral
llama-index-embeddings-voyageai m=llama_index.embeddings.voyageai f=llama-index a=voyage
llama-index-embeddings-fastembed m=llama_index.embeddings.fastembed f=llama-index
llama-index-embeddings-bedrock m=llama_index.embeddings.bedrock f=llama-index a=aws-bedrock
llama-index-agent-openai m=llama_index.agent.openai f=llama-index a=openai
llama-index-question-gen-openai m=llama_index.question_gen.openai f=llama-index a=openai
llama-index-tools-mcp m=llama_index.tools.mcp f=llama-index,mcp
llama-index-vector-stores-postgres m=llama_index.vector_stores.postgres f=llama-index v=pgvector
llama-index-vector-stores-qdrant m=llama_index.vector_stores.qdrant f=llama-index v=qdrant
llama-index-vector-stores-chroma m=llama_index.vector_stores.chroma f=llama-index v=chroma
llama-index-vector-stores-milvus m=llama_index.vector_stores.milvus f=llama-index v=milvus
llama-index-vector-stores-pinecone m=llama_index.vector_stores.pinecone f=llama-index v=pinecone
llama-index-vector-stores-weaviate m=llama_index.vector_stores.weaviate f=llama-index v=weaviate
llama-index-vector-stores-lancedb m=llama_index.vector_stores.lancedb f=llama-index v=lancedb
llama-index-vector-stores-faiss m=llama_index.vector_stores.faiss f=llama-index v=faiss
llama-index-vector-stores-redis m=llama_index.vector_stores.redis f=llama-index v=redis
llama-index-vector-stores-mongodb m=llama_index.vector_stores.mongodb f=llama-index v=mongodb-atlas
llama-index-vector-stores-clickhouse m=llama_index.vector_stores.clickhouse f=llama-index v=clickhouse
llama-index-vector-stores-elasticsearch m=llama_index.vector_stores.elasticsearch f=llama-index v=elasticsearch
llama-index-vector-stores-opensearch m=llama_index.vector_stores.opensearch f=llama-index v=opensearch
llama-index-vector-stores-azureaisearch m=llama_index.vector_stores.azureaisearch f=llama-index v=azure-ai-search
llama-index-readers-file m=llama_index.readers.file f=llama-index
llama-index-callbacks-arize-phoenix m=llama_index.callbacks.arize_phoenix f=llama-index
llama-cloud-services f=llama-index a=llama-cloud
llama-parse f=llama-index a=llama-cloud
llama-cpp-python m=llama_cpp f=llama-cpp
haystack-ai m=haystack,haystack_integrations f=haystack
mcp-haystack m=haystack_integrations.tools.mcp f=haystack,mcp
farm-haystack m=haystack f=haystack
semantic-kernel f=semantic-kernel
agent-framework f=agent-framework
autogen-agentchat m=autogen_agentchat f=autogen
autogen-core f=autogen
autogen-ext f=autogen
pyautogen m=autogen f=autogen
ag2 m=autogen f=autogen
crewai f=crewai
crewai-tools f=crewai
pydantic-ai m=pydantic_ai f=pydantic-ai
pydantic-ai-slim m=pydantic_ai f=pydantic-ai
smolagents f=smolagents
agno f=agno
phidata m=phi f=agno
dspy f=dspy
dspy-ai m=dspy f=dspy
instructor f=instructor
outlines f=outlines
guidance f=guidance
marvin f=marvin
controlflow f=controlflow
mirascope f=mirascope
griptape f=griptape
camel-ai m=camel f=camel
metagpt f=metagpt
swarms f=swarms
strands-agents m=strands f=strands-agents a=aws-bedrock
strands-agents-tools m=strands_tools f=strands-agents
beeai-framework f=beeai
agency-swarm f=agency-swarm a=openai
atomic-agents f=atomic-agents
agentscope f=agentscope
qwen-agent f=qwen-agent
upsonic f=upsonic
praisonaiagents f=praisonai
julep f=julep
letta f=letta
letta-client f=letta
mem0ai m=mem0 f=mem0
zep-cloud f=zep
zep-python f=zep
graphrag f=graphrag
lightrag-hku m=lightrag f=lightrag
embedchain f=embedchain
txtai f=txtai
browser-use f=browser-use
livekit-agents m=livekit.agents f=livekit-agents
pipecat-ai m=pipecat f=pipecat
chainlit f=chainlit
mcp f=mcp
fastmcp f=mcp,fastmcp
fastapi-mcp f=mcp
mcp-use f=mcp
mcp-agent f=mcp-agent
fast-agent-mcp m=fast_agent f=fast-agent
a2a-sdk m=a2a f=a2a
nemoguardrails f=nemo-guardrails
guardrails-ai m=guardrails f=guardrails-ai
llm-guard f=llm-guard
transformers f=transformers
sentence-transformers f=sentence-transformers
diffusers f=diffusers
peft f=peft
trl f=trl
accelerate
datasets
tokenizers
safetensors
optimum f=optimum
unsloth f=unsloth
axolotl f=axolotl
vllm f=vllm
sglang f=sglang
text-generation f=text-generation-inference
ctransformers f=ctransformers
gpt4all f=gpt4all
mlx-lm f=mlx
bitsandbytes
autoawq m=awq
auto-gptq
onnxruntime f=onnxruntime
torch f=pytorch
torchvision f=pytorch
pytorch-lightning f=pytorch-lightning
lightning f=pytorch-lightning
tensorflow f=tensorflow
keras f=keras
jax f=jax
flax f=jax
scikit-learn m=sklearn f=scikit-learn t=sklearn.metrics,sklearn.preprocessing,sklearn.decomposition,sklearn.manifold,sklearn.model_selection,sklearn.feature_extraction,sklearn.datasets,sklearn.utils
xgboost f=xgboost
lightgbm f=lightgbm
catboost f=catboost
fastai f=fastai
spacy f=spacy
nltk
gensim f=gensim
ultralytics f=ultralytics
timm f=timm
open-clip-torch m=open_clip f=open-clip
clip-anytorch m=clip
openai-whisper m=whisper f=whisper
faster-whisper f=faster-whisper
whisperx f=whisperx
fastembed f=fastembed
flagembedding f=flagembedding
rerankers
mlflow f=mlflow
wandb
ray m=ray f=ray
bentoml f=bentoml
gradio
streamlit
chromadb v=chroma
pinecone v=pinecone
pinecone-client m=pinecone v=pinecone
qdrant-client v=qdrant
weaviate-client m=weaviate v=weaviate
pymilvus v=milvus
milvus-lite v=milvus
lancedb v=lancedb
faiss-cpu m=faiss v=faiss
faiss-gpu m=faiss v=faiss
pgvector v=pgvector
vecs v=pgvector
redisvl v=redis
marqo v=marqo
turbopuffer v=turbopuffer
annoy v=annoy
hnswlib v=hnswlib
usearch v=usearch
nmslib v=nmslib
scann v=scann
deeplake v=deeplake
vespa v=vespa
pyvespa m=vespa v=vespa
astrapy v=astra-db
upstash-vector v=upstash-vector
sqlite-vec v=sqlite-vec
sqlite-vss v=sqlite-vss
arize-phoenix m=phoenix
openinference-instrumentation-openai
openllmetry
traceloop-sdk
helicone
promptlayer
ragas f=ragas
deepeval f=deepeval
trulens
trulens-eval
e2b
e2b-code-interpreter
composio f=composio
composio-core f=composio
composio-langgraph f=composio
composio-langchain f=composio
composio-openai f=composio
composio-crewai f=composio
composio-togetherai f=composio
ragatouille f=ragatouille
unstructured
docling
tiktoken
langchain-upstage f=langchain a=upstage
autogen f=autogen
stagehand f=stagehand
vocode f=vocode
google-search-results m=serpapi p=serpapi
serpapi p=serpapi
graphiti-core m=graphiti_core f=graphiti
nano-graphrag f=nano-graphrag
taskweaver f=taskweaver
lagent f=lagent
erniebot p=baidu
ibm-watson-machine-learning p=ibm-watsonx
baseten p=baseten
simpleaichat f=simpleaichat
gpt-index f=llama-index
pandasai f=pandasai
rasa f=rasa
llama-stack f=llama-stack
llama-stack-client f=llama-stack
acp-sdk f=acp
inspect-ai f=inspect-ai
gpt-researcher f=gpt-researcher
scrapegraphai f=scrapegraphai
gptcache f=gptcache
any-llm-sdk m=any_llm f=any-llm
any-agent f=any-agent
burr f=burr
anthropic-bedrock p=aws-bedrock
`
