/**
 * What a device without a configuration starts from: one user, JET and notifications for programs on this machine, four 10 GE
 * ports. The password hash is that of default-user.ts.
 */
export const defaultConfiguration = `
system {
    host-name hangar;
    login {
        user jet {
            class super-user;
            authentication {
                encrypted-password "$6$hangar0jet$gtGaMA46Aw0dp.q71PHGBsimo.HiIEuSTG78PBILAv17zoElHAYnH9LicvwNMeC1snH2pWRygwtXfMAI2i9ll1";
            }
        }
    }
    services {
        extension-service {
            request-response {
                grpc {
                    clear-text {
                        port 32767;
                    }
                    max-connections 8;
                }
            }
            notification {
                port 1883;
                allow-clients {
                    address 127.0.0.0/8;
                }
            }
        }
        ssh;
        netconf {
            ssh;
        }
    }
    syslog {
        file messages {
            any notice;
            authorization info;
        }
        file interactive-commands {
            interactive-commands any;
        }
    }
}
interfaces {
    lo0 {
        unit 0 {
            family inet {
                address 127.0.0.1/32;
            }
        }
    }
}
`
