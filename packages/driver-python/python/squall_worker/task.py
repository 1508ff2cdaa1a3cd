"""One request that is being served, and the thread that serves it."""
import threading
import time

from .failure import Aborted

_local = threading.local()
_system_sleep = time.sleep


class Task:
    def __init__(self, request):
        self.request = request
        self.id = request["id"]
        self.thread = None
        self.is_main = False
        self.is_over = False
        self.was_told = False
        self.lock = threading.Lock()
        self.aborted = threading.Event()

    def enter(self):
        self.thread = threading.get_ident()
        self.is_main = threading.current_thread() is threading.main_thread()
        _local.task = self

    def leave(self):
        """Nothing interrupts it any more."""
        with self.lock:
            self.is_over = True
        _local.task = None

    def abort(self, interrupt_main):
        """Raises Aborted in the call, at its next step."""
        with self.lock:
            if self.is_over or self.aborted.is_set():
                return
            self.aborted.set()
            if self.thread is None:
                return
            if self.is_main:
                interrupt_main()
                return
            import ctypes

            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self.thread), ctypes.py_object(Aborted)
            )


def current_task():
    """The task of this thread; None in a thread that user code started."""
    return getattr(_local, "task", None)


def _sleep(seconds, /):
    task = current_task()
    # Signals end a sleep of the main thread. In other threads nothing would.
    if task is None or task.is_main or not isinstance(seconds, (int, float)) or seconds <= 0:
        _system_sleep(seconds)
    elif task.was_told:
        # It did not listen: told again, it would only spin.
        _system_sleep(seconds)
    elif task.aborted.wait(seconds):
        task.was_told = True
        raise Aborted


def make_sleep_abortable():
    """Lets `time.sleep` in a call beside the main thread end at once when the call is aborted."""
    _sleep.__name__ = _sleep.__qualname__ = "sleep"
    _sleep.__module__ = "time"
    _sleep.__doc__ = _system_sleep.__doc__
    time.sleep = _sleep
