"""The moment by which a fetch must be done, enforced on the socket from outside.

A socket's own timeout begins anew with every byte, so a server that drips would never run into it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time


class DeadlineError(Exception):
    """The time for a fetch is over."""


class Deadline:
    """Cuts the connections that it guards when the time is over; used as a context, at whose end it lets them go."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._guarded: list[socket.socket] = []
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Deadline:
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
        for sock in self._guarded:
            sock.close()

    def left(self) -> float:
        """Seconds left; DeadlineError where there are none."""
        self.check()
        return max(self._end - time.monotonic(), 0.05)

    def check(self) -> None:
        """DeadlineError where the time is over."""
        if self.expired or time.monotonic() > self._end:
            self.expired = True
            raise DeadlineError

    def extend(self, seconds: float) -> None:
        """Moves the deadline, for time that was spent waiting on purpose."""
        self._end += seconds

    def guard(self, sock: socket.socket) -> None:
        """Cuts this connection when the time is over; a copy is kept, as TLS takes the socket itself away."""
        with self._lock:
            self._guarded.append(socket.socket(fileno=os.dup(sock.fileno())))
        if self._thread is None:
            self._thread = threading.Thread(target=self._wait, name="fetch-deadline", daemon=True)
            self._thread.start()

    def _wait(self) -> None:
        while (left := self._end - time.monotonic()) > 0:
            if self._done.wait(left):
                return
        with self._lock:
            self.expired = True
            for sock in self._guarded:
                with contextlib.suppress(OSError):  # it may have ended by itself
                    sock.shutdown(socket.SHUT_RDWR)
