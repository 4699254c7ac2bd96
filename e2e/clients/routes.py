"""Any RPC of either generation, told as JSON: a command a line on standard input, a line of JSON as its answer.

`open NAME CLIENT-ID USER PASSWORD` makes a channel and logs in on it (classic), `close NAME` closes it;
`unary NAME PATH REQUEST` calls a method, `stream NAME STREAM PATH REQUEST` begins one that streams, `next STREAM` waits for its
next message, `all STREAM` for all of them, `cancel STREAM` ends it. Requests and answers are protobuf's JSON.
"""
import glob
import importlib
import json
import os
import sys

import authentication_service_pb2 as authentication
import authentication_service_pb2_grpc as authentication_grpc
import grpc
from google.protobuf import descriptor_pool, json_format, message_factory

for path in sorted(glob.glob(os.path.join(os.environ["PYTHONPATH"], "*_pb2.py"))):
    importlib.import_module(os.path.basename(path)[:-3])

target = sys.argv[1]
channels = {}
streams = {}
pool = descriptor_pool.Default()
factory = message_factory.MessageFactory(pool)


def open_channel(name, client_id, user, password):
    channels[name] = grpc.insecure_channel(target, [("grpc.use_local_subchannel_pool", 1)])
    request = authentication.LoginRequest(user_name=user, password=password, client_id=client_id)
    return {"result": authentication_grpc.LoginStub(channels[name]).LoginCheck(request, timeout=10).result}


def close(name):
    channels.pop(name).close()
    return {}


def method(name, kind, path, text):
    _, service, rpc = path.split("/")
    found = pool.FindServiceByName(service).FindMethodByName(rpc)
    request = json_format.Parse(text, factory.GetPrototype(found.input_type)())
    answer = factory.GetPrototype(found.output_type)
    call = getattr(channels[name], kind)
    return call(path, lambda message: message.SerializeToString(), answer.FromString), request


def as_json(message):
    return json_format.MessageToDict(message, including_default_value_fields=False)


def unary(name, path, text):
    call, request = method(name, "unary_unary", path, text)
    return {"answer": as_json(call(request, timeout=20))}


def stream(name, stream_name, path, text):
    call, request = method(name, "unary_stream", path, text)
    streams[stream_name] = call(request)
    return {}


def next_message(stream_name):
    return {"answer": as_json(next(streams[stream_name]))}


def all_messages(stream_name):
    return {"answers": [as_json(message) for message in streams.pop(stream_name)]}


def cancel(stream_name):
    streams.pop(stream_name).cancel()
    return {}


commands = {
    "open": (open_channel, 4),
    "close": (close, 1),
    "unary": (unary, 3),
    "stream": (stream, 4),
    "next": (next_message, 1),
    "all": (all_messages, 1),
    "cancel": (cancel, 1),
}
for line in sys.stdin:
    command, _, rest = line.strip().partition(" ")
    act, words = commands[command]
    try:
        answer = {"code": "OK", **act(*rest.split(" ", words - 1))}
    except StopIteration:
        answer = {"code": "END"}
    except grpc.RpcError as error:
        answer = {"code": error.code().name, "details": error.details()}
    print(json.dumps(answer))
