"""Lines of JSON to and from squall, over pipes that user code does not know of."""
import json
import os
import queue
import threading


class Channel:
    """Any thread may send: one thread of ours writes, so that no interrupted call can tear a line."""

    def __init__(self, reading, writing):
        for fd in (reading, writing):
            os.set_inheritable(fd, False)
        self._source = open(reading, "rb", buffering=1 << 16)
        self._target = writing
        self._owner = os.getpid()
        self._lines = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="squall-writer", daemon=True)
        self._writer.start()

    def messages(self):
        """The messages of squall, until it closes its end."""
        for line in self._source:
            yield json.loads(line)

    def send(self, message):
        self.send_text(json.dumps(message))

    def send_text(self, text):
        """Sends what is JSON already. A forked child has no channel: what it says here goes nowhere."""
        if os.getpid() == self._owner:
            self._lines.put(text)

    def close(self):
        """Waits until everything is written, for a moment at most."""
        self._lines.put(None)
        self._writer.join(1)

    def _write(self):
        while True:
            text = self._lines.get()
            if text is None:
                return
            rest = memoryview(text.encode("utf-8") + b"\n")
            while rest:
                rest = rest[os.write(self._target, rest) :]
