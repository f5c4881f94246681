"""Who, to whom, what, of what and said by whom: the roles of each claim."""

from __future__ import annotations

from etl.extract.roles.binding import bind_roles

__all__ = ["bind_roles"]
