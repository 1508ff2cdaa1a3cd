"""The logger of Chaos Toolkit, as extensions use it, writes into squall's log."""
import logging

from .task import current_task


class ChannelHandler(logging.Handler):
    def __init__(self, channel):
        super().__init__(logging.DEBUG)
        self._channel = channel
        self.setFormatter(logging.Formatter("%(message)s"))

    def emit(self, record):
        task = current_task()
        try:
            message = {"log": [_level(record.levelno), self.format(record)], "id": task.id if task else None}
        except Exception:
            self.handleError(record)
            return
        self._channel.send(message)


def _level(number):
    if number >= logging.WARNING:
        return "warn"
    return "info" if number >= logging.INFO else "debug"


def take_over_logs(channel):
    logger = logging.getLogger("chaostoolkit")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.handlers[:] = [ChannelHandler(channel)]
