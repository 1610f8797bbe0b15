"""The session that the package's docstring shows is one that happens."""

from __future__ import annotations

import doctest

import pytest

import index


@pytest.mark.model
def test_the_session_in_the_docstring_of_the_package_happens(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert (0, 5) == doctest.testmod(index)[:2]
