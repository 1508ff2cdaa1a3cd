"""A queue in the process of the runner, with a client that must show its token."""
import threading

from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Configuration, Secrets

__version__ = "1.0.0"

_queue = []
_lock = threading.Lock()


class Client:
    def __init__(self, name: str) -> None:
        self.name = name

    def put(self, item) -> int:
        with _lock:
            _queue.append((self.name, item))
            return len(_queue)

    def take(self):
        with _lock:
            if not _queue:
                raise ActivityFailed("the queue is empty")
            return _queue.pop(0)

    def depth(self) -> int:
        with _lock:
            return len(_queue)


def client(configuration: Configuration = None, secrets: Secrets = None) -> Client:
    token = (secrets or {}).get("queue_token")
    if token != "let-me-in":
        raise ActivityFailed("the queue does not know this token")
    return Client((configuration or {}).get("queue_name", "unnamed"))
