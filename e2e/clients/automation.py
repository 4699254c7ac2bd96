"""Netmiko as automation uses it: connects, shows, configures, commits, leaves; prints what it got as JSON."""
import json
import sys

from netmiko import ConnectHandler

host, port, user, password = sys.argv[1:]
device = ConnectHandler(device_type="juniper", host=host, port=int(port), username=user, password=password)
version = device.send_command("show version")
configured = device.send_config_set(["set interfaces xe-0/0/3 description uplink"], exit_config_mode=False)
checked = device.commit(check=True)
committed = device.commit(and_quit=True)
in_configuration = device.check_config_mode()
shown = device.send_command("show configuration interfaces xe-0/0/3 | display set")
wrong = device.send_command("show nonsense")
device.disconnect()
print(json.dumps(dict(
    version=version, configured=configured, checked=checked, committed=committed, in_configuration=in_configuration,
    shown=shown, wrong=wrong,
)))
