"""The settings file, for code that looks into it itself."""
import contextvars
import os
import re

__all__ = [
    "CHAOSTOOLKIT_CONFIG_PATH",
    "get_loaded_settings",
    "load_settings",
    "locate_settings_entry",
    "save_settings",
]

CHAOSTOOLKIT_CONFIG_PATH = os.path.abspath(os.path.expanduser("~/.chaostoolkit/settings.yaml"))
_loaded = contextvars.ContextVar("loaded_settings", default=None)


def load_settings(settings_path=CHAOSTOOLKIT_CONFIG_PATH):
    """None where there is no file, or none that can be read."""
    if not os.path.exists(settings_path):
        return None
    import yaml

    with open(settings_path) as file:
        try:
            settings = yaml.safe_load(file.read())
        except yaml.YAMLError:
            return None
    _loaded.set(settings)
    return settings


def save_settings(settings, settings_path=CHAOSTOOLKIT_CONFIG_PATH):
    import yaml

    os.makedirs(os.path.dirname(os.path.abspath(settings_path)), exist_ok=True)
    with open(settings_path, "w") as file:
        file.write(yaml.safe_dump(settings, default_flow_style=False))


def get_loaded_settings():
    return _loaded.get()


def locate_settings_entry(settings, key):
    """Finds a.b[0].c: what holds it, the entry, its key and its index. None where there is no such entry (spec 19)."""
    found = None
    current = settings
    for part in re.split(r"(?<!\\)\.", key):
        name, index = re.fullmatch(r"(.*?)(?:\[(\d+)\])?", part.replace("\\.", ".")).groups()
        parent = current
        if not isinstance(parent, dict) or name not in parent:
            return None
        current = parent[name]
        position = int(index) if index else None
        if position is not None:
            if not isinstance(current, list) or position >= len(current):
                return None
            parent, current = current, current[position]
        found = (parent, current, name, position)
    return found
