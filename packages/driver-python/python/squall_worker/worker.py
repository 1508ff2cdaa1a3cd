"""Serves the requests of squall: one at a time in the main thread, others beside it in threads of their own."""
import atexit
import importlib
import json
import os
import queue
import signal
import sys
import threading
import traceback

from .channel import Channel
from .failure import Aborted, Failure
from .json_text import NotJson, json_text
from .logs import take_over_logs
from .output import finish_output, take_over_output
from .surroundings import Surroundings
from .task import Task, make_sleep_abortable
from .undo import Undos

# Where what is asked for is: modules are loaded when they are needed first, since a run waits for the worker to start.
HANDLERS = {
    "call": "functions.call_function",
    "check": "functions.check_function",
    "importable": "functions.is_importable",
    "notify": "functions.notify",
    "open-control": "control_hooks.open_control",
    "validate-control": "control_hooks.validate_control",
    "hook": "control_hooks.call_hook",
    "events": "control_hooks.see_event",
    "close-run": "control_hooks.close_run",
    "discover": "discovery.discover",
    "list": "discovery.list_extensions",
}


def handler(name):
    found = HANDLERS[name]
    if isinstance(found, str):
        module, function = found.split(".")
        found = HANDLERS[name] = getattr(importlib.import_module("." + module, __package__), function)
    return found


# What the reference's exit functions send to their own process (spec 14).
EXITS = {"SIGUSR1": (20, "graceful"), "SIGUSR2": (30, "ungraceful")}

worker = None


def main():
    global worker
    channel = Channel(3, 4)
    atexit.register(channel.close)
    take_over_output(channel)
    take_over_logs(channel)
    make_sleep_abortable()
    worker = Worker(channel)
    channel.send({"hello": {"version": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable, "pid": os.getpid()}})
    worker.serve()


class Worker:
    def __init__(self, channel):
        self._channel = channel
        self._surroundings = Surroundings()
        self._tasks = {}
        self._for_main = queue.SimpleQueue()
        self._is_main_busy = False
        self._main_task = None
        self.undos = Undos(channel)
        self._receive_signals()

    def serve(self):
        """Works in the main thread until squall says goodbye."""
        threading.Thread(target=self._read, name="squall-reader", daemon=True).start()
        while True:
            task = self._for_main.get()
            if task is None:
                return
            self._carry_out(task)

    def _read(self):
        for message in self._channel.messages():
            if "do" in message:
                self._accept(Task(message))
            elif "abort" in message:
                task = self._tasks.get(message["abort"])
                if task:
                    task.abort(self._interrupt_main)
            elif "answer" in message:
                self.undos.answer(message)
            elif "bye" in message:
                self._for_main.put(None)
                return
        # Squall is gone: nothing that goes on here is wanted any more.
        os._exit(0)

    def _accept(self, task):
        self._tasks[task.id] = task
        if self._is_main_busy or task.request.get("beside"):
            threading.Thread(target=self._carry_out, args=(task,), name="squall-call", daemon=True).start()
        else:
            self._is_main_busy = True
            self._for_main.put(task)

    def _carry_out(self, task):
        reply = _reply(task, "fail", '{"kind": "aborted"}', None)
        try:
            try:
                task.enter()
                if task.is_main:
                    self._main_task = task
                reply = self._perform(task)
            except Aborted:
                pass
            self._end(task)
            if task.aborted.is_set():
                _let_late_abort_arrive()
        except Aborted:
            # It came late. There is no other one: a task is aborted once.
            self._end(task)
        if task.is_main:
            self._is_main_busy = False
        self._channel.send_text(reply)

    def _end(self, task):
        self._main_task = None if task.is_main else self._main_task
        task.leave()
        self._tasks.pop(task.id, None)

    def _perform(self, task):
        request = task.request
        if task.aborted.is_set():
            raise Aborted
        self._surroundings.take(request.get("changes"))
        try:
            name, value = "ok", handler(request["do"])(request, task)
        except Failure as failure:
            name, value = "fail", failure.fields
        except Aborted:
            raise
        except BaseException as error:
            trace = traceback.format_exception(type(error), error, error.__traceback__)
            name, value = "fail", {"kind": "broken", "message": trace[-1].strip(), "trace": trace}
        finish_output()
        try:
            text = json_text(value)
        except NotJson as error:
            name, text = "fail", json_text({"kind": "not-json", "message": str(error)})
        return _reply(task, name, text, self._surroundings.changes())

    def _receive_signals(self):
        # A terminal tells every process of its group. It is squall that decides what this means for the run.
        signal.signal(signal.SIGINT, self._on_interrupt)
        signal.signal(signal.SIGTERM, lambda *_: None)
        if hasattr(signal, "SIGURG"):
            signal.signal(signal.SIGURG, self._on_interrupt)
        for name in EXITS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_exit_signal)

    def _interrupt_main(self):
        if hasattr(signal, "SIGURG"):
            signal.pthread_kill(threading.main_thread().ident, signal.SIGURG)
        else:
            import _thread

            _thread.interrupt_main()

    def _on_interrupt(self, *_):
        task = self._main_task
        if task and task.aborted.is_set() and not task.is_over:
            raise Aborted

    def _on_exit_signal(self, number, _frame):
        code, how = EXITS[signal.Signals(number).name]
        if self._main_task is not None:
            raise SystemExit(code)
        self._channel.send({"interrupt": how})


def _let_late_abort_arrive():
    """An exception raised in a thread from outside arrives when the thread calls a function."""
    for _ in range(3):
        _nothing()


def _nothing():
    pass


def _reply(task, name, text, changes):
    changed = ', "changes": %s' % json.dumps(changes) if changes else ""
    return '{"id": %d, "%s": %s%s}' % (task.id, name, text, changed)
