"""
Watches that people set in Slack, and their alerts on the way there.

What a watch looks for, and what it finds, is kept by the index; where its alerts go, and when, by
the bot. `watching` sets and changes watches; `follower` takes what they find, and `letters` lays
out the messages, which go through the inbox as every reply does.
"""
