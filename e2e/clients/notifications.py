"""The notification program of the JET lesson: subscribes in on_connect, prints each message as one line of JSON."""
import json
import sys

import paho.mqtt.client as mqtt

host, port, *topics = sys.argv[1:]
waiting = set()


def on_connect(client, userdata, flags, rc):
    for topic in topics:
        waiting.add(client.subscribe(topic)[1])


def on_subscribe(client, userdata, mid, granted_qos):
    waiting.discard(mid)
    if not waiting:
        print("subscribed")


def on_message(client, userdata, msg):
    print(json.dumps({"topic": msg.topic, "retain": msg.retain, "payload": msg.payload.decode("utf-8")}))


client = mqtt.Client()
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect(host, int(port), 60)
client.loop_forever()
