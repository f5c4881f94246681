"""Connections that reach public addresses only, unless private ones are allowed.

The address is checked where the socket is opened, after the name was resolved and on every redirect, so that neither a
redirect nor a name that resolves to an inner address gets through, and the address checked is the one connected to.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import allowed_gai_family

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """The host's address is not one of the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; one that wraps an IPv4 address is judged by that."""
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        ip = _inner(ip) or ip
    return ip.is_global and not ip.is_multicast


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


class Gate(NamedTuple):
    """What a connection that is being opened must pass."""

    allow_private: bool
    guard: Callable[[socket.socket], None]
    """Told of each socket that was opened."""


_GATE: ContextVar[Gate] = ContextVar("gate")


@contextmanager
def passing(gate: Gate) -> Iterator[None]:
    """Connections that are opened inside go through `gate`."""
    token = _GATE.set(gate)
    try:
        yield
    finally:
        _GATE.reset(token)


def open_socket(host: str, port: int, timeout: Any, options: Any) -> socket.socket:
    """A socket to the first address of `host` that answers; PrivateAddressError where one of them is not public."""
    gate = _GATE.get()
    found = socket.getaddrinfo(host, port, allowed_gai_family(), socket.SOCK_STREAM)
    for *_, address in found:
        if not gate.allow_private and not is_public(str(address[0])):
            named = "" if host == address[0] else f"{host} leads to "
            raise PrivateAddressError(f"{named}{address[0]}, which is not a public address")
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            for option in options or ():
                sock.setsockopt(*option)
            if isinstance(timeout, int | float):
                sock.settimeout(timeout)
            sock.connect(address)
            gate.guard(sock)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


class _Gated:
    """Opens the socket of a urllib3 connection by `open_socket`."""

    def _new_conn(self) -> socket.socket:
        connection: Any = self
        sock = open_socket(connection._dns_host, connection.port, connection.timeout, connection.socket_options)
        sys.audit("http.client.connect", self, connection.host, connection.port)
        return sock


class _GatedConnection(_Gated, HTTPConnection):
    pass


class _GatedSecureConnection(_Gated, HTTPSConnection):
    pass


class _GatedPool(HTTPConnectionPool):
    ConnectionCls = _GatedConnection


class _GatedSecurePool(HTTPSConnectionPool):
    ConnectionCls = _GatedSecureConnection


def pool_manager() -> PoolManager:
    """A urllib3 pool manager whose connections go through the gate, and that follows no redirects of its own."""
    manager = PoolManager(num_pools=32, maxsize=1, retries=False)
    manager.pool_classes_by_scheme = {"http": _GatedPool, "https": _GatedSecurePool}
    return manager
