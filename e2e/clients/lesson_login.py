"""The request-response program of the JET lesson: one channel, one LoginCheck, its result."""
import sys

import authentication_service_pb2 as authentication
import authentication_service_pb2_grpc as authentication_grpc
import grpc

target, user, password = sys.argv[1:]
channel = grpc.insecure_channel(target)
stub = authentication_grpc.LoginStub(channel)
response = stub.LoginCheck(
    authentication.LoginRequest(user_name=user, password=password, client_id="lesson"), timeout=10
)
print(response.result)
