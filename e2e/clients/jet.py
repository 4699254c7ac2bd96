"""A JET application under remote control: a command a line on standard input, a line of JSON as its answer.

`open NAME` makes a channel, `close NAME` closes it; the others make a call on it:
`login NAME CLIENT-ID USER PASSWORD` (classic), `login2 NAME CLIENT-ID USER PASSWORD` (modern), `call NAME PATH [KEY=VALUE ...]`
(an empty request to any method, with metadata). With a file of certificates as second argument channels are secure.
"""
import json
import sys

import authentication_service_pb2 as classic
import authentication_service_pb2_grpc as classic_grpc
import grpc
import jnx_authentication_service_pb2 as modern
import jnx_authentication_service_pb2_grpc as modern_grpc

target = sys.argv[1]
roots = open(sys.argv[2], "rb").read() if len(sys.argv) > 2 else None
channels = {}


def open_channel(name):
    # Channels of one process share a connection unless told otherwise, and a connection is a session.
    options = [("grpc.use_local_subchannel_pool", 1)]
    if roots is None:
        channels[name] = grpc.insecure_channel(target, options)
    else:
        channels[name] = grpc.secure_channel(target, grpc.ssl_channel_credentials(roots), options)
    return {}


def close(name):
    channels.pop(name).close()
    return {}


def login(name, client_id, user, password):
    request = classic.LoginRequest(user_name=user, password=password, client_id=client_id)
    reply = classic_grpc.LoginStub(channels[name]).LoginCheck(request, timeout=10)
    return {"result": reply.result}


def login2(name, client_id, user, password):
    request = modern.LoginRequest(username=user, password=password, client_id=client_id)
    reply = modern_grpc.AuthenticationStub(channels[name]).Login(request, timeout=10)
    # Go clients read status.code without asking whether there is a status.
    return {"has_status": reply.HasField("status"), "status": reply.status.code, "message": reply.status.message}


def call(name, path, *metadata):
    method = channels[name].unary_unary(path, lambda message: b"", lambda message: message)
    method(b"", timeout=10, metadata=[tuple(pair.split("=", 1)) for pair in metadata])
    return {}


commands = {"open": open_channel, "close": close, "login": login, "login2": login2, "call": call}
for line in sys.stdin:
    command, *words = line.split()
    try:
        answer = {"code": "OK", **commands[command](*words)}
    except grpc.RpcError as error:
        answer = {"code": error.code().name, "details": error.details()}
    print(json.dumps(answer))
