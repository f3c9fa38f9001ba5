"""The bot that Asterism is measured against: Pipecat with the same models, on a Media Streams socket.

Hearing is faster-whisper over the same Whisper base weights, turns end by a silence limit or by Smart Turn, speech is
the same Piper voice. It has no language model and no checks: every turn is answered by one fixed sentence, so what is
measured is the speech path alone.

usage: pipecat_bot.py PORT WHISPER_FOLDER VOICE_FOLDER silence|smart
"""

import json
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.serializers.twilio import TwilioFrameSerializer
from pipecat.services.piper.tts import PiperTTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.websocket.fastapi import (
    FastAPIWebsocketParams,
    FastAPIWebsocketTransport,
)
from pipecat.turns.user_stop import (
    SpeechTimeoutUserTurnStopStrategy,
    TurnAnalyzerUserTurnStopStrategy,
)
from pipecat.turns.user_turn_strategies import UserTurnStrategies

ANSWER = "Thank you for telling me. Is there anything else you would like to talk about today?"

port, whisper_folder, voice_folder, turn_end = sys.argv[1:5]
logger.remove()
logger.add(sys.stderr, level="WARNING")


class AnswerEveryTurn(FrameProcessor):
    """Stands where a language model would: the answer is there at once."""

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            await self.push_frame(frame, direction)
            return
        heard = frame.context.get_messages()[-1].get("content")
        print(json.dumps({"heard": heard}), flush=True)
        for answer in (LLMFullResponseStartFrame(), LLMTextFrame(ANSWER), LLMFullResponseEndFrame()):
            await self.push_frame(answer)


def end_of_turn():
    if turn_end == "smart":
        return TurnAnalyzerUserTurnStopStrategy(turn_analyzer=LocalSmartTurnAnalyzerV3())
    return SpeechTimeoutUserTurnStopStrategy()


async def converse(websocket: WebSocket, start: dict):
    serializer = TwilioFrameSerializer(
        stream_sid=start["streamSid"],
        call_sid=start["callSid"],
        params=TwilioFrameSerializer.InputParams(auto_hang_up=False),
    )
    transport = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            audio_in_enabled=True, audio_out_enabled=True, add_wav_header=False, serializer=serializer
        ),
    )
    user, assistant = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            vad_analyzer=SileroVADAnalyzer(), user_turn_strategies=UserTurnStrategies(stop=[end_of_turn()])
        ),
    )
    hearing = WhisperSTTService(
        device="cpu",
        compute_type="int8",
        settings=WhisperSTTService.Settings(model=whisper_folder, language="en"),
    )
    speaking = PiperTTSService(
        download_dir=Path(voice_folder), settings=PiperTTSService.Settings(voice="en_US-joe-medium")
    )
    pipeline = Pipeline(
        [transport.input(), hearing, user, AnswerEveryTurn(), speaking, transport.output(), assistant]
    )
    params = PipelineParams(audio_in_sample_rate=16000, audio_out_sample_rate=8000)
    await PipelineRunner(handle_sigint=False).run(PipelineTask(pipeline, params=params))


app = FastAPI()


@app.websocket("/twilio/media")
async def media(websocket: WebSocket):
    await websocket.accept()
    await websocket.receive_text()  # connected
    await converse(websocket, json.loads(await websocket.receive_text())["start"])


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")
