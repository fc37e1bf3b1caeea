// Python packages that run or train models themselves: speech, faces, pages and their engines. The letters as in pypi.ts.
export const PYPI_LEARNING = `
vosk f=vosk
TTS m=TTS f=coqui-tts
coqui-tts m=TTS f=coqui-tts
pyannote.audio m=pyannote.audio f=pyannote
exllamav2 f=exllamav2
lmdeploy f=lmdeploy
xinference f=xinference
openvino f=openvino
speechbrain f=speechbrain
torchaudio f=pytorch
kokoro f=kokoro
paddlepaddle m=paddle f=paddlepaddle
paddlepaddle-gpu m=paddle f=paddlepaddle
mediapipe f=mediapipe
deepface f=deepface
insightface f=insightface
openllm f=openllm
chainer f=chainer
mxnet f=mxnet
flair f=flair
keybert f=keybert
bertopic f=bertopic
rembg f=rembg
keras-hub m=keras_hub f=keras
keras-nlp m=keras_nlp f=keras
keras-cv m=keras_cv f=keras
tensorflow-hub m=tensorflow_hub f=tensorflow
pywhispercpp f=whisper
easyocr f=easyocr
uform f=uform
model2vec f=model2vec
`
