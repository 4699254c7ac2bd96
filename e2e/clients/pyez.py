"""PyEZ as Debian has it: facts, operational RPCs, and the configuration in every format; prints what it got as JSON."""
import json
import sys

from jnpr.junos import Device
from jnpr.junos.exception import ConfigLoadError, LockError, RpcError
from jnpr.junos.utils.config import Config

host, port, user, password = sys.argv[1:]


def connect():
    return Device(host=host, port=int(port), user=user, password=password).open()


def refused(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    return None


device = connect()
got = dict(
    facts={name: device.facts[name] for name in ("hostname", "model", "version", "personality")},
    cli=device.cli("show version", warning=False),
    interfaces=[one.text.strip() for one in device.rpc.get_interface_information(terse=True).findall("physical-interface/name")],
    json=list(device.rpc.get_config(options={"format": "json"})),
    services=device.rpc.get_config(filter_xml="<system><services/></system>").find("system/services/ssh") is not None,
)
given = dict(
    set="set interfaces xe-0/0/3 description set",
    text='interfaces { xe-0/0/3 { description text; } }',
    xml="<configuration><interfaces><interface><name>xe-0/0/3</name><description>xml</description></interface></interfaces></configuration>",
    json='{"configuration": {"interfaces": {"interface": [{"name": "xe-0/0/3", "description": "json"}]}}}',
)
got["diffs"] = {}
for format, text in given.items():
    with Config(device, mode="exclusive") as config:
        config.load(text, format=format)
        got["diffs"][format] = config.diff()
        config.commit_check()
        config.commit(comment=f"by {format}")
config = Config(device)
config.lock()
other = connect()
got["locked"] = refused(LockError, lambda: Config(other).lock())
config.rollback(1)
got["rolled_back"] = config.diff()
config.rollback(0)
got["nothing"] = config.diff()
config.unlock()
got["load_error"] = refused(ConfigLoadError, lambda: config.load("set system nothing", format="set"))
got["rpc_error"] = refused(RpcError, lambda: device.rpc.get_nothing())
config.load("set interfaces xe-0/0/3 description confirmed", format="set")
got["confirmed"] = config.commit(confirm=2)
got["commit"] = config.commit()
with Config(device, mode="private") as private:
    private.load("set interfaces xe-0/0/3 description private", format="set")
    private.commit()
got["shown"] = device.cli("show configuration interfaces xe-0/0/3", warning=False).strip()
other.close()
device.close()
print(json.dumps(got))
