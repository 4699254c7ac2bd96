// The smallest JET program in C++: logs in, adds one route, prints what came of it.
// add_route TARGET USER PASSWORD CLIENT-ID PREFIX LENGTH GATEWAY
#include <cstdlib>
#include <iostream>
#include <memory>

#include <grpcpp/grpcpp.h>

#include "authentication_service.grpc.pb.h"
#include "rib_service.grpc.pb.h"

int main(int argc, char **argv) {
  if (argc != 8) return 2;
  auto channel = grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials());

  authentication::LoginRequest login;
  login.set_user_name(argv[2]);
  login.set_password(argv[3]);
  login.set_client_id(argv[4]);
  authentication::LoginReply logged_in;
  grpc::ClientContext login_context;
  auto status = authentication::Login::NewStub(channel)->LoginCheck(&login_context, login, &logged_in);
  if (!status.ok() || !logged_in.result()) {
    std::cerr << status.error_code() << " " << status.error_message() << std::endl;
    return 1;
  }

  routing::RouteUpdateRequest request;
  auto *route = request.add_routes();
  route->mutable_key()->mutable_dest_prefix()->mutable_inet()->set_addr_string(argv[5]);
  route->mutable_key()->set_dest_prefix_len(std::atoi(argv[6]));
  route->mutable_key()->mutable_table()->mutable_rtt_name()->set_name("inet.0");
  route->mutable_nexthop()->add_gateways()->mutable_gateway_address()->mutable_inet()->set_addr_string(argv[7]);
  routing::RouteOperReply reply;
  grpc::ClientContext add_context;
  status = routing::Rib::NewStub(channel)->RouteAdd(&add_context, request, &reply);
  if (!status.ok()) {
    std::cerr << status.error_code() << " " << status.error_message() << std::endl;
    return 1;
  }
  std::cout << routing::RouteOperStatus_Name(reply.status()) << " " << reply.operations_completed() << std::endl;
}
