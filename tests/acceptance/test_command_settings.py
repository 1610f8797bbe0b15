"""Settings that are wrong: the command names them, and the way out."""

from __future__ import annotations

import pytest

from bot.__main__ import main

pytestmark = pytest.mark.model


def test_an_unknown_setting_is_named_with_the_known_ones(onrecord, monkeypatch):
    monkeypatch.setenv("INDEX_DATADIR", "elsewhere")

    code, _, err = onrecord("stats")

    assert code == 2
    assert "INDEX_DATADIR" in err
    assert "INDEX_DATA_DIR" in err


def test_serving_without_a_token_names_the_setting(onrecord, monkeypatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)

    code, _, err = onrecord("serve")

    assert code == 2
    assert "SLACK_BOT_TOKEN" in err


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    code = main(["--data-dir", str(tmp_path / "file" / "data"), "stats"])

    assert code == 1
    assert "file" in capsys.readouterr().err
