"""Lets Python code register how its harm is taken back."""
import itertools
import sys
import threading

from .task import current_task

_keys = itertools.count(1)


class Undo:
    """What `squall_undo` answers with."""

    def __init__(self, ask, key, order):
        self._ask = ask
        self._key = key
        self._order = order

    def amend(self, args):
        """Replaces the arguments by what was learned since."""
        self._order = dict(self._order, arguments=args)
        self._ask(dict(self._order, amends=self._key))


class Undos:
    def __init__(self, channel):
        self._channel = channel
        self._waiting = {}

    def register(self, module, func, args):
        """Returns once the registration is on disk. Raises RuntimeError where that cannot be."""
        order = {"module": module, "func": func, "arguments": {} if args is None else args, "path": sys.path[:]}
        return Undo(self._ask, self._ask(order), order)

    def answer(self, message):
        waiting = self._waiting.pop(message["answer"], None)
        if waiting:
            waiting[1].append(message.get("error"))
            waiting[0].set()

    def _ask(self, order):
        task = current_task()
        if task is None:
            raise RuntimeError("squall_undo must be called by the activity itself, not by a thread it started")
        key = next(_keys)
        answered, errors = threading.Event(), []
        self._waiting[key] = (answered, errors)
        self._channel.send({"ask": key, "id": task.id, "undo": order})
        answered.wait()
        if errors[0] is not None:
            raise RuntimeError(errors[0])
        return key
