"""What a request asks for: the parameters of its address, read strictly."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST = 2_000  # characters of a parameter


class Parameters:
    """The parameters of one request, each given once and known."""

    def __init__(self, request: Request, known: Collection[str]) -> None:
        """
        Read them.

        Args:
            request: whose address has them.
            known: the names that may be given.

        Raises:
            HTTPException: 400 for an unknown name, one that comes twice, and a value that is too
                long or holds what is no text.
        """
        self._values: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise HTTPException(400, f"unknown parameter {name[:40]!r}; known: {listed}")
            if name in self._values:
                raise HTTPException(400, f"the parameter {name} comes twice")
            if "\ufffd" in value:  # what was no UTF-8 comes so
                raise HTTPException(400, f"{name} is not UTF-8")
            self._values[name] = readable(value, name)

    def among(self, names: Mapping[str, str]) -> Parameters:
        """Add what the path itself names."""
        self._values |= {name: readable(value, name) for name, value in names.items()}
        return self

    def given(self) -> dict[str, str]:
        """Give all that were sent."""
        return dict(self._values)

    def text(self, name: str) -> str | None:
        """Give a parameter; None where it was not sent."""
        return self._values.get(name)

    def required(self, name: str) -> str:
        """Give a parameter; HTTPException 400 where it was not sent."""
        value = self._values.get(name)
        if value is None:
            raise HTTPException(400, f"the parameter {name} is missing")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Give a whole number from *least* to *most*; HTTPException 400 for anything else."""
        value = self._values.get(name)
        if value is None:
            return default
        whole = value.isascii() and value.isdecimal() and len(value) < 10
        if not whole or not least <= int(value) <= most:
            raise HTTPException(400, f"{name}={value[:40]!r} is no number from {least} to {most}")
        return int(value)


def readable(value: str, name: str, longest: int = LONGEST) -> str:
    """
    Return *value* if it is text of no more than *longest* characters.

    Raises:
        HTTPException: 400 if not; names the parameter.
    """
    if len(value) > longest:
        raise HTTPException(400, f"{name} has more than {longest:,} characters")
    # Half a pair of UTF-16, which JSON can hold, is no character.
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise HTTPException(400, f"{name} is not UTF-8")
    return value
