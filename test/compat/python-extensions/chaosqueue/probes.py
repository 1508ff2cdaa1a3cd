import time

from chaosqueue import client
from chaoslib.exceptions import FailedActivity
from chaoslib.types import Configuration, Secrets

__all__ = ["depth", "wait_for_depth"]


def depth(configuration: Configuration = None, secrets: Secrets = None) -> int:
    return client(configuration, secrets).depth()


def wait_for_depth(at_least: int, timeout: float = 10, configuration: Configuration = None, secrets: Secrets = None):
    queue = client(configuration, secrets)
    ends = time.time() + timeout
    while queue.depth() < at_least:
        if time.time() > ends:
            raise FailedActivity("only {} items in the queue".format(queue.depth()))
        time.sleep(0.02)
    return queue.depth()
