import os
import shutil
from typing import Any, Dict

from chaosfiles import logger, path_of
from chaoslib.exceptions import ActivityFailed, InvalidActivity
from chaoslib.types import Configuration, Secrets

__all__ = ["corrupt_file", "remove_file", "restore_file"]


def corrupt_file(
    name: str, with_text: str = "###", configuration: Configuration = None, secrets: Secrets = None
) -> Dict[str, Any]:
    """Writes over a file and keeps what was in it beside it.

        {"type": "python", "module": "chaosfiles.actions", "func": "corrupt_file", "arguments": {"name": "words.txt"}}
    """
    path = existing(name, configuration)
    shutil.copyfile(path, path + ".kept")
    with open(path, "w") as file:
        file.write(with_text)
    logger.debug("'%s' holds %d characters now", path, len(with_text))
    return {"path": path, "size": os.path.getsize(path)}


def remove_file(name: str, configuration: Configuration = None, secrets: Secrets = None) -> None:
    os.remove(existing(name, configuration))


def restore_file(name: str, configuration: Configuration = None, secrets: Secrets = None) -> bool:
    path = path_of(name, configuration)
    if not os.path.exists(path + ".kept"):
        return False
    os.replace(path + ".kept", path)
    return True


def existing(name: str, configuration: Configuration) -> str:
    if not name:
        raise InvalidActivity("a file needs a name")
    path = path_of(name, configuration)
    if not os.path.exists(path):
        raise ActivityFailed("there is no file '{}'".format(path))
    return path
