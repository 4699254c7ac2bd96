"""ncclient as Debian has it: sees, changes and commits the configuration, and is told what is wrong; prints what it got as JSON."""
import json
import sys

from ncclient import manager
from ncclient.operations.rpc import RPCError

host, port, user, password = sys.argv[1:]


def connect():
    return manager.connect(
        host=host, port=int(port), username=user, password=password, hostkey_verify=False, look_for_keys=False,
        allow_agent=False, device_params={"name": "junos"},
    )


def refused(call):
    try:
        call()
    except RPCError as error:
        return str(error.message).strip()
    return None


def description(text):
    return (
        "<config><configuration><interfaces><interface><name>xe-0/0/3</name>"
        f"<description>{text}</description></interface></interfaces></configuration></config>"
    )


device = connect()
other = connect()
got = dict(
    session=device.session_id != other.session_id,
    capabilities=[one for one in device.server_capabilities if "netconf:capability" in one or "xml.juniper" in one],
    running=device.get_config("running").xpath("data/configuration/system/services/ssh") != [],
    text=device.get_configuration(format="text").xpath("configuration-text")[0].text.strip().startswith("## Last commit"),
    command=device.command("show version", format="text").xpath("output")[0].text,
    interfaces=[
        one.text.split("\n")[1]
        for one in device.command("show interfaces terse").xpath("interface-information/physical-interface/name")
    ],
)
device.lock("candidate")
got["locked"] = refused(lambda: other.lock("candidate"))
device.edit_config(target="candidate", config=description("by ncclient"))
got["compared"] = device.compare_configuration().xpath("configuration-information/configuration-output")[0].text
device.validate()
device.commit()
device.load_configuration(action="set", config=["delete interfaces xe-0/0/3"])
device.discard_changes()
got["unchanged"] = device.compare_configuration().xpath("configuration-information/configuration-output")[0].text
device.unlock("candidate")
got["statement"] = refused(
    lambda: device.edit_config(
        target="candidate", config="<config><configuration><system><nothing/></system></configuration></config>"
    )
)
got["unknown"] = refused(lambda: device.rpc("<get-nothing/>"))
got["command_wrong"] = refused(lambda: device.command("show nothing"))
device.kill_session(other.session_id)
device.close_session()
print(json.dumps(got))
