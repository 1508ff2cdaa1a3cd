import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

const control = `
import time

def validate_control(control):
    arguments = control["provider"].get("arguments") or {}
    if not isinstance(arguments, dict) or not isinstance(arguments.get("room"), str):
        raise ValueError("it needs a room")

def before_experiment_control(context, room, begun=None, **kwargs):
    context["seen_in"] = room
    if begun:
        with open(begun, "w"):
            pass
        time.sleep(60)

def after_activity_control(context, state, **kwargs):
    if state:
        state["seen"] = True
`

const channel = `
import json
import time

def notify(channel, event):
    with open(channel["file"], "a") as told:
        told.write(json.dumps(event) + "\\n")

def fail(channel, event):
    raise ValueError("nobody listens")

def hang(channel, event):
    with open(channel["file"], "w") as told:
        told.write("begun")
    time.sleep(60)
`

const extension = `
import os
import time
from chaoslib.discovery.discover import initialize_discovery_result
__version__ = "1.2.3"
slow = os.path.join(os.path.dirname(os.path.dirname(__file__)), "law-is-slow")
def discover(discover_system=True):
    if os.path.exists(slow):
        with open(slow, "w") as told:
            told.write("begun")
        time.sleep(60)
    return initialize_discovery_result("chaostoolkit-lawlamps", __version__, "lawlamps")
`

const files = {
  'law_control.py': control,
  'law_channel.py': channel,
  'chaoslawlamps/__init__.py': extension,
  'chaostoolkit_lawlamps-1.2.3.dist-info/METADATA':
    'Metadata-Version: 2.1\nName: chaostoolkit-lawlamps\nVersion: 1.2.3\nSummary: Lamps\nLicense: MIT\n',
  'chaostoolkit_lawlamps-1.2.3.dist-info/top_level.txt': 'chaoslawlamps\n',
}

/** Writes what besides activities is in Python: a control, a channel and an installed extension. */
export async function writePythonModules(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
}
