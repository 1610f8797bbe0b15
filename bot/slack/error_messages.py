"""
What the asker reads when something fails, and what the log says to those who can fix it.

The log gets the cause, the traceback and a reference; the asker one sentence.
"""

from __future__ import annotations

import logging
import secrets
from typing import NamedTuple

from bot.errors import SlackError, UnconfirmedPost
from bot.messages.alerts.words import ALERT_FAILED, ALERT_UNCONFIRMED
from bot.messages.wording import (
    ARCHIVED,
    FAILED,
    GONE,
    NO_MEMORY,
    NO_PERMISSION,
    NOT_A_MEMBER,
    UNCONFIRMED,
    as_sentence,
    capitalised,
)
from bot.slack.payloads import ALERT
from index.errors import QuestionError

log = logging.getLogger(__name__)


class ErrorMessage(NamedTuple):
    """What the asker reads instead of an answer, and under which outcome it is counted."""

    text: str
    outcome: str


class _Cause(NamedTuple):
    said: str
    hint: str


_REINSTALL = "copy the Bot User OAuth Token again, or install the app again"
_MEMBER = _Cause(NOT_A_MEMBER, "invite the bot to the channel")
_SCOPE = _Cause(
    NO_PERMISSION, "compare the app's scopes with `onrecord manifest`, install it again"
)
_GONE = _Cause(GONE, "nothing to fix: the message was deleted")
_ARCHIVED = _Cause(ARCHIVED, "nothing to fix: the channel is archived")

# By Slack's word for it: what the asker reads, and the hint for the log.
_CAUSES = {
    "not_in_channel": _MEMBER,
    "channel_not_found": _MEMBER,
    "user_not_in_channel": _MEMBER,
    "is_archived": _ARCHIVED,
    "thread_not_found": _GONE,
    "message_not_found": _GONE,
    "cannot_reply_to_message": _GONE,
    "missing_scope": _SCOPE,
    "not_allowed_token_type": _SCOPE,
    "restricted_action": _SCOPE,
    "no_permission": _SCOPE,
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"),
        _Cause(FAILED, _REINSTALL),
    ),
    "foreign_url": _Cause(
        FAILED, "the command's response_url is no address of Slack's; nothing was sent there"
    ),
    **dict.fromkeys(
        ("expired_trigger_id", "trigger_expired", "expired_url", "used_url"),
        _Cause(FAILED, "nothing to fix: Slack's way back had expired; see the queue's length"),
    ),
}


def error_message(error: Exception, surface: str) -> ErrorMessage:
    """Word *error* for the asker; log it with the reference unless it is the question's."""
    if isinstance(error, QuestionError):
        return ErrorMessage(as_sentence(capitalised(str(error))), "not understood")
    ref = secrets.token_hex(2)
    if isinstance(error, SlackError) and error.fault in _CAUSES:
        cause = _CAUSES[error.fault]
        log.error("ref %s: %s: %s; %s", ref, surface, error.fault, cause.hint)
        return ErrorMessage(cause.said.format(ref=ref), "failed")
    _log_failure(ref, surface, error)
    form = UNCONFIRMED if isinstance(error, UnconfirmedPost) else FAILED
    if surface == ALERT:
        form = ALERT_UNCONFIRMED if form == UNCONFIRMED else ALERT_FAILED
    return ErrorMessage(form.format(ref=ref), "failed")


def without_memory(error: Exception, surface: str) -> ErrorMessage:
    """Word an *error* that comes of the state that cannot be written; log it with the reference."""
    ref = secrets.token_hex(2)
    _log_failure(ref, surface, error)
    return ErrorMessage(NO_MEMORY.format(ref=ref), "failed")


def _log_failure(ref: str, surface: str, error: Exception) -> None:
    log.error("ref %s: %s failed", ref, surface, exc_info=error)
