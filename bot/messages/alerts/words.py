"""What is said about watches, and the names of their buttons. Pure."""

from __future__ import annotations

HERE = "watch-here"
MINE = "watch-mine"
DAILY = "watch-daily"
REFINE_WATCH = "watch-refine"
CANCEL = "watch-cancel"
PAUSE, RESUME, EDIT, REMOVE = "watch-pause", "watch-resume", "watch-edit", "watch-remove"
FEED = "watch-feed"
UNDO = "alert-undo"
EVERYTHING = "watch-everything"
LIST = "watch-list"
WATCH_THIS = "watch-this"
ALERT_MENU = "alert-menu"
MUTE = "alert-mute"
UNMUTE = "alert-unmute"
REST = "alert-rest"
NOT_SPEAKER, NOT_TOPIC = "speaker", "topic"

MANY = 20  # alerts a day, above which a digest is offered
DIGEST_AT = "08:00"
LONGEST_NAME = 80  # characters of a watch in a line

CANCELLED = "Not saved."
SAVED = "Saved. From now on I alert you to what is said."
WELCOME = "I will send alerts on “{text}” here. Type /watch to see your watches."
NO_WATCHES = "You have no watch here. Set one: `/watch Russia on exports`, or `/watch Lavrov`."
ELSEWHERE = "To send it to {channel}, press Refine and choose the channel there."
NO_ARTICLE = "No article came in that time."
OLDER = "Older ones are on record: {count}."
UNKNOWN_NAME = (
    "Nobody called “{name}” is on record, so this looks for what is said about it. For what "
    "somebody of that name says, write “statements by {name}”."
)
GONE = "That watch is gone: it was deleted. `/watch` lists those there are."
NOT_YOURS = "That watch is somebody else’s: only its creator can change it."
NOT_ALLOWED = (
    "This channel does not let you set watches for it (`/said settings`). I can alert you alone."
)
EXTERNAL = (
    "That channel is shared with another organisation, so I send no alerts there. I can alert you "
    "alone."
)
OUTSIDE = "I am not in that channel, so no alert would arrive. Invite me there first: /invite."
OLD_ALERT = "That alert is too old for its buttons."
EXCLUDED = "Left out of {watches} from now on: {name}."
STORY = (
    "That story is left out of {watches} from now on. To change what is looked for, edit the watch."
)
UNDONE = "No longer left out of {watches}: {name}."
A_STORY = "that story"
FEED_IS = "The feed of “{text}”, for your feed reader; whoever has the address can read it:"
FEED_PATH = "(behind the address at which this bot is served; its operator knows it)"
NOBODY = "That statement names no speaker who could be left out."
NOW_READS = "It now reads:"
NO_LONGER_IN = "no longer in {outlet}"
NO_REST = "The others are gone: their articles were changed or withdrawn."
MUTED = "Muted for an hour: {watches}. What comes until then follows in one message."
PAUSED, RESUMED = "Paused: {watches}.", "Resumed: {watches}."
DELETED, EDITED = "Deleted: {watches}.", "Edited: {watches}."
NOTHING_OUT = "Nothing is left out any more: {watches}."
UNMUTED = "No longer muted: {watches}. What came meanwhile follows now."
SILENT = "Nothing on “{text}” in {days}: the watch is on, but nothing has matched it."
NOTHING_COMES = "Your watches here may miss something: {text}."
STOPPED = (
    "I paused {names}: {why}. `/watch` lists your watches; resume them there once that is fixed."
)
WHY_STOPPED = {
    "not_in_channel": "I am no longer in that channel",
    "channel_not_found": "I cannot reach that channel or person any more",
    "is_archived": "the channel is archived",
    "external": "the channel is shared with another organisation now",
}
STOPPED_OTHERWISE = "Slack does not let me post there any more"
ALERT_UNCONFIRMED = (
    "An alert may not have arrived here (ref {ref}): I can’t look whether Slack shows it, and send "
    "none twice."
)
ALERT_FAILED = "An alert could not be sent here (ref {ref}). /watch lists your watches."
