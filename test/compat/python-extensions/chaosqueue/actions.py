import time

from chaosqueue import client
from chaoslib.types import Configuration, Secrets

__all__ = ["drain", "produce"]


def produce(
    count: int, interval: float = 0.01, configuration: Configuration = None, secrets: Secrets = None
) -> int:
    queue = client(configuration, secrets)
    for number in range(count):
        depth = queue.put(number)
        time.sleep(interval)
    return depth


def drain(at_most: int = 1000, *, configuration: Configuration = None, secrets: Secrets = None):
    queue = client(configuration, secrets)
    return [queue.take() for _ in range(min(at_most, queue.depth()))]
