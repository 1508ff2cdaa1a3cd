"""Starts a worker of squall. It must be readable for any Python, so that an old one can say that it is too old."""
import os
import sys


def say_too_old():
    version = ".".join(str(part) for part in sys.version_info[:3])
    os.write(4, ('{"hello": {"tooOld": "%s"}}\n' % version).encode("ascii"))


def start():
    here = sys.path[0]
    from squall_worker.worker import main

    # User code sees the path it would see without us, and behind all else what stands in for a chaoslib that is not installed.
    sys.path.remove(here)
    sys.path.append(os.path.join(here, "site"))
    main()


# A process that user code spawns with `multiprocessing` imports this file and must not become a worker.
if __name__ == "__main__":
    if sys.version_info < (3, 8):
        say_too_old()
    else:
        start()
