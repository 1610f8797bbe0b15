"""One module per surface; each has ``register(app, desk)``."""

from bot.listeners import direct, failure, home, mention

ALL = (mention, direct, home, failure)

__all__ = ["ALL"]
