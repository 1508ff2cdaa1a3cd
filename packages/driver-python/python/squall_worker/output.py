"""What user code prints becomes lines of squall's log, each with the call that printed it."""
import io
import os
import sys
import threading

from .task import current_task


class Output(io.TextIOBase):
    """Stands in for stdout or stderr. Bytes written to `buffer` or to the file descriptor go to the pipe behind it."""

    def __init__(self, fd, channel):
        super().__init__()
        self._fd = fd
        self._channel = channel
        self._owner = os.getpid()
        self._parts = threading.local()
        self.buffer = io.FileIO(fd, "w", closefd=False)

    encoding = "utf-8"
    errors = "backslashreplace"

    def fileno(self):
        return self._fd

    def writable(self):
        return True

    def isatty(self):
        return False

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        if os.getpid() != self._owner:
            os.write(self._fd, text.encode(self.encoding, self.errors))
            return len(text)
        *lines, rest = (getattr(self._parts, "text", "") + text).split("\n")
        self._parts.text = rest
        for line in lines:
            self._say(line)
        return len(text)

    def flush(self):
        # Somebody may be waiting to read a question.
        if sys.__stdin__ is not None and not sys.__stdin__.closed and sys.__stdin__.isatty():
            self.finish()

    def finish(self):
        """Lets go of a line that has not ended."""
        rest = getattr(self._parts, "text", "")
        if rest:
            self._parts.text = ""
            self._say(rest)

    def _say(self, line):
        task = current_task()
        self._channel.send({"out": line, "id": task.id if task else None})


def take_over_output(channel):
    sys.stdout = Output(1, channel)
    sys.stderr = Output(2, channel)


def finish_output():
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Output):
            stream.finish()
