"""One module per button, menu and form; each has ``register(app, services)``."""

from bot.listeners.actions import (
    again,
    ask,
    check,
    delete,
    drop,
    more,
    names,
    proposals,
    refine,
    share,
    sides,
    verdict,
    whole,
)

ALL = (
    again,
    more,
    whole,
    sides,
    drop,
    check,
    refine,
    names,
    share,
    verdict,
    proposals,
    delete,
    ask,
)

__all__ = ["ALL"]
