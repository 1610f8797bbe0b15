"""One module per button, menu and form; each has ``register(app, services)``."""

from bot.listeners.actions import (
    again,
    ask,
    check,
    delete,
    drop,
    more,
    names,
    refine,
    share,
    sides,
    verdict,
    whole,
)

ALL = (again, more, whole, sides, drop, check, refine, names, share, verdict, delete, ask)

__all__ = ["ALL"]
